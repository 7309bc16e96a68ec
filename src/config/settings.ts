import type { KindValues } from "./setting-kinds.ts";
import type { SettingRow } from "./setting-row.ts";

/**
 * Every setting of the framework: its name, what it may hold, its default, and what it is for.
 *
 * This table is the only place that knows them; `docs/reference/settings.md` is printed from it.
 */
export const SETTINGS = {
  SECRET: {
    kind: "text",
    secret: true,
    alias: "TINA4_SECRET",
    meaning: "The key that signs every token, at least 32 random bytes; unset: one is made in `secrets/jwt.key`.",
  },
  SECRET_PREVIOUS: { kind: "textList", secret: true, default: [], meaning: "Former keys, accepted while rotating." },

  API_KEYS: {
    kind: "apiKeyList",
    secret: true,
    shared: true,
    default: [],
    alias: "TINA4_API_KEYS",
    meaning: "Keys that `requireApiKey()` lets in; unset: nobody has one.",
  },

  PORT: { kind: "port", min: 0, default: 7148, alias: "TINA4_PORT", meaning: "The port to listen on; 0: a free one." },
  TINA4_HOST: { kind: "host", default: "0.0.0.0", debugDefault: "127.0.0.1", meaning: "The address to listen on." },
  TINA4_WORKERS: { kind: "workerCount", default: 1, meaning: "Processes that share the port; auto: one per core." },
  TINA4_HEALTH: { kind: "boolean", default: true, meaning: "Answers `/health` and `/health/ready`." },
  TINA4_SHUTDOWN_DELAY: { kind: "seconds", min: 0, max: 300, default: 0, meaning: "Served, not ready, after SIGTERM." },
  TINA4_DEBUG: { kind: "boolean", default: false, meaning: "Error pages with details, `/__tina4`, reloading." },
  TINA4_HANDLER_TIMEOUT: { kind: "seconds", default: 30, max: 3600, meaning: "A slower handler ends as 503." },
  TINA4_MAX_BODY_SIZE: { kind: "bytes", default: 1_048_576, meaning: "Largest request body without files." },
  TINA4_MAX_UPLOAD_SIZE: {
    kind: "bytes",
    max: 1_099_511_627_776,
    default: 10_485_760,
    meaning: "Largest request body with files.",
  },
  TINA4_WS_MAX_SOCKETS: { kind: "integer", min: 1, max: 1_000_000, default: 10_000, meaning: "Open WebSockets." },
  TINA4_WS_MAX_PER_CLIENT: { kind: "integer", min: 1, max: 1_000_000, default: 100, meaning: "Those of one client." },

  TINA4_PUBLIC_ORIGIN: { kind: "origin", meaning: "The origin that browsers see; an https one means HTTPS." },
  TINA4_ALLOWED_HOSTS: {
    kind: "hostList",
    default: [],
    meaning: "Hosts this application answers for; unset: the host of the public origin, else any.",
  },
  TINA4_TRUSTED_ORIGINS: { kind: "originList", default: [], meaning: "Other origins whose pages may send writes." },
  TINA4_TRUSTED_PROXIES: { kind: "cidrList", default: [], meaning: "Peers whose X-Forwarded headers are believed." },

  TINA4_TOKEN_EXPIRES_IN: { kind: "minutes", default: 60, alias: "TINA4_TOKEN_LIMIT", meaning: "Life of a token." },
  TINA4_TOKEN_MAX_AGE: { kind: "minutes", default: 720, meaning: "How long a chain of renewed tokens can last." },
  TINA4_TOKEN_ISSUER: { kind: "text", meaning: "Written to tokens as iss and required in them; unset: neither." },
  TINA4_TOKEN_AUDIENCE: { kind: "text", meaning: "Written to tokens as aud and required in them; unset: neither." },
  TINA4_FRESH_TOKEN: {
    kind: "boolean",
    default: true,
    meaning: "Answers to a Bearer of getToken carry a renewed one.",
  },
  TINA4_ACCESS_EXPIRES_IN: { kind: "minutes", default: 15, meaning: "Life of a token that has a refresh token." },
  TINA4_REFRESH_EXPIRES_IN: { kind: "minutes", default: 10_080, meaning: "Life of a family of refresh tokens." },
  TINA4_TOKEN_REVOCATION: { kind: "boolean", default: true, meaning: "The gate asks whether a token was revoked." },
  TINA4_REVOCATION_REFRESH: { kind: "seconds", default: 5, max: 3600, meaning: "Age of the list of revocations." },
  TINA4_PASSWORD_CONCURRENCY: {
    kind: "integer",
    min: 1,
    max: 1024,
    meaning: "Passwords hashed at the same time in each worker; unset: its share of all cores but one, at least one.",
  },

  TINA4_SESSION_BACKEND: {
    kind: "choice",
    choices: ["file", "memory", "redis", "valkey", "mongodb"],
    default: "file",
    meaning: "Where sessions, refresh tokens and revocations are kept.",
  },
  TINA4_SESSION_URL: {
    kind: "connectionUrl",
    prefixes: ["redis://", "rediss://", "mongodb://", "mongodb+srv://"],
    meaning: "The session server as one URL, instead of the next four.",
  },
  TINA4_SESSION_HOST: { kind: "host", default: "127.0.0.1", meaning: "The session server." },
  TINA4_SESSION_PORT: { kind: "port", meaning: "Its port; unset: the usual one of the backend." },
  TINA4_SESSION_USERNAME: { kind: "text", meaning: "The user name at the session server." },
  TINA4_SESSION_PASSWORD: { kind: "text", secret: true, meaning: "The password at the session server." },
  TINA4_SESSION_PATH: { kind: "text", default: "data/sessions", meaning: "The folder of the file backend." },
  TINA4_SESSION_LIFETIME: { kind: "seconds", default: 3600, meaning: "Longest pause between two requests." },
  TINA4_SESSION_MAX_AGE: { kind: "seconds", default: 43_200, meaning: "Longest life of a session, however busy." },
  TINA4_SESSION_NAME: {
    kind: "cookieName",
    default: "tina4_session",
    meaning: "The cookie; over HTTPS `__Host-` and this.",
  },
  TINA4_SESSION_SAMESITE: {
    kind: "choice",
    choices: ["Strict", "Lax", "None"],
    default: "Lax",
    meaning: "SameSite of the session cookie; None needs HTTPS.",
  },

  TINA4_CSRF: { kind: "boolean", default: true, meaning: "A write that a session authorises needs a form token." },
  TINA4_CSRF_SINGLE_USE: { kind: "boolean", default: true, meaning: "A form token is spent by its first success." },
  TINA4_CORS_ORIGINS: {
    kind: "originsOrAny",
    default: [],
    alias: "CORS_ORIGINS",
    meaning: "Origins whose scripts may read answers; unset: no CORS header at all.",
  },
  TINA4_CORS_METHODS: {
    kind: "choiceList",
    choices: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    default: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    meaning: "Methods that a foreign script may use.",
  },
  TINA4_CORS_HEADERS: {
    kind: "headerNameList",
    default: ["Content-Type", "Authorization", "Accept", "X-Request-ID", "X-Form-Token", "X-API-Key"],
    meaning: "Request headers that a foreign script may send.",
  },
  TINA4_CORS_MAX_AGE: { kind: "seconds", min: 0, default: 86_400, meaning: "Life of a preflight answer." },
  TINA4_CORS_CREDENTIALS: { kind: "boolean", default: false, meaning: "Foreign scripts may send cookies; not with *." },
  TINA4_RATE_LIMIT: { kind: "integer", max: 1_000_000_000, default: 100, meaning: "Requests per window; 0: no limit." },
  TINA4_RATE_WINDOW: { kind: "seconds", max: 86_400, default: 60, meaning: "Length of the sliding window." },
  TINA4_RATE_BACKEND: {
    kind: "choice",
    choices: ["memory", "redis"],
    default: "memory",
    meaning: "Where counters are kept.",
  },
  TINA4_RATE_URL: {
    kind: "connectionUrl",
    prefixes: ["redis://", "rediss://"],
    default: "redis://127.0.0.1:6379",
    meaning: "The server of the counters when they are in Redis; `/1` at the end names a database of its own.",
  },

  TINA4_FRAME_OPTIONS: {
    kind: "choice",
    choices: ["DENY", "SAMEORIGIN"],
    default: "SAMEORIGIN",
    meaning: "X-Frame-Options, and frame-ancestors of the default CSP.",
  },
  TINA4_CSP: { kind: "headerValue", meaning: "Content-Security-Policy, in place of the default one." },
  TINA4_HSTS: { kind: "hsts", meaning: "Strict-Transport-Security, sent over HTTPS only; unset: not sent." },
  TINA4_REFERRER_POLICY: {
    kind: "referrerPolicy",
    default: "strict-origin-when-cross-origin",
    meaning: "Referrer-Policy.",
  },
  TINA4_PERMISSIONS_POLICY: {
    kind: "headerValue",
    default: "camera=(), microphone=(), geolocation=()",
    meaning: "Permissions-Policy.",
  },

  TINA4_DATABASE_URL: {
    kind: "connectionUrl",
    prefixes: ["sqlite:", "postgres://", "postgresql://", "mysql://", "mariadb://"],
    default: "sqlite:data/app.db",
    meaning: "The database of new Database().",
  },
  TINA4_LOG_LEVEL: {
    kind: "choice",
    choices: ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
    default: "info",
    meaning: "The least important entries that are written.",
  },
  TINA4_LOG_FORMAT: {
    kind: "choice",
    choices: ["json", "pretty"],
    default: "json",
    debugDefault: "pretty",
    meaning: "One JSON object or one readable line per entry.",
  },
} as const;

export type SettingName = keyof typeof SETTINGS;

type ValueOf<Row extends SettingRow> =
  | (Row extends { kind: "choice"; choices: readonly (infer Choice)[] } ? Choice : KindValues[Row["kind"]])
  | (Row extends { default: unknown } ? never : undefined);

/** All settings, read and checked, each under the name of its variable; frozen. */
export type Settings = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

/** Where each value comes from: `default`, `option`, `environment` or a line of a file. */
export type SettingSources = Readonly<Record<SettingName, string>>;
