/** What an API key can look like: visible ASCII without a comma, which would make a list of it. */
export const API_KEY_FORM: RegExp = /^[!-+\--~]{1,256}$/;
