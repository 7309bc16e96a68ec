/** Where the developer sees what the application does. */
export const OVERVIEW_PATH = "/__tina4";
