/** The methods a route can be registered for, in the order in which `Allow` lists them. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

export type Method = (typeof METHODS)[number];

/** What `any()` covers. */
export const ANY_METHODS: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** What stands in the place of a method where a request asks for a WebSocket. */
export const SOCKET_METHOD = "WS";
