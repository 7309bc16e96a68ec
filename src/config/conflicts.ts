import { GOOD_API_KEY_CHARACTERS, hasShortApiKey } from "./has-short-api-key.ts";
import { isAlwaysHttps } from "./is-always-https.ts";
import type { SettingName, SettingSources, Settings } from "./settings.ts";

interface Rule {
  readonly broken: (settings: Settings, sources: SettingSources) => boolean;
  readonly says: string;
}

const REPLACED_BY_SESSION_URL: readonly SettingName[] = [
  "TINA4_SESSION_HOST",
  "TINA4_SESSION_PORT",
  "TINA4_SESSION_USERNAME",
  "TINA4_SESSION_PASSWORD",
];

/** What cannot work or would be unsafe: the application does not start. */
const CONFLICTS: readonly Rule[] = [
  {
    broken: (settings) => settings.TINA4_SESSION_SAMESITE === "None" && !isAlwaysHttps(settings),
    says: "TINA4_SESSION_SAMESITE is None, which needs HTTPS: set TINA4_PUBLIC_ORIGIN to an https origin.",
  },
  {
    broken: (settings) => /^__(?:Host|Secure)-/i.test(settings.TINA4_SESSION_NAME) && !isAlwaysHttps(settings),
    says: "TINA4_SESSION_NAME has a prefix that needs HTTPS: set TINA4_PUBLIC_ORIGIN to an https origin.",
  },
  {
    broken: (settings) => settings.TINA4_TOKEN_REVOCATION && sessionsStayInOneOfManyWorkers(settings),
    says:
      "TINA4_TOKEN_REVOCATION needs a place that all TINA4_WORKERS share: " +
      "set TINA4_SESSION_BACKEND to anything but memory, or TINA4_WORKERS to 1.",
  },
  {
    broken: ({ TINA4_SESSION_BACKEND: backend, TINA4_SESSION_URL: url }) =>
      url !== undefined && isServer(backend) && url.startsWith("mongodb") !== (backend === "mongodb"),
    says: "TINA4_SESSION_URL leads to another kind of server than TINA4_SESSION_BACKEND names.",
  },
];

/** What works and is probably not what was meant: a warning. */
const DOUBTS: readonly Rule[] = [
  {
    broken: ({ API_KEYS: keys }) => hasShortApiKey(keys),
    says: `API_KEYS has a key of under ${GOOD_API_KEY_CHARACTERS} characters, which can be guessed: \`tina4 secret\` makes a better one.`,
  },
  {
    broken: ({ TINA4_CORS_ORIGINS: origins, TINA4_CORS_CREDENTIALS: credentials }) =>
      credentials && origins.includes("*"),
    says: "TINA4_CORS_CREDENTIALS has no effect while TINA4_CORS_ORIGINS is *: list the origins that may send cookies.",
  },
  {
    broken: (settings) => settings.TINA4_SESSION_LIFETIME > settings.TINA4_SESSION_MAX_AGE,
    says: "TINA4_SESSION_LIFETIME is longer than TINA4_SESSION_MAX_AGE, which ends every session.",
  },
  {
    broken: (settings) => !settings.TINA4_TOKEN_REVOCATION && sessionsStayInOneOfManyWorkers(settings),
    says: "TINA4_SESSION_BACKEND is memory: a session is known to one of the TINA4_WORKERS only.",
  },
  {
    broken: (settings) =>
      settings.TINA4_WORKERS > 1 && settings.TINA4_RATE_LIMIT > 0 && settings.TINA4_RATE_BACKEND === "memory",
    says: "TINA4_RATE_BACKEND is memory: each of the TINA4_WORKERS counts for itself and lets TINA4_RATE_LIMIT pass.",
  },
  {
    broken: ({ TINA4_SESSION_BACKEND: backend, TINA4_SESSION_URL: url }) => url !== undefined && !isServer(backend),
    says: "TINA4_SESSION_URL has no effect: TINA4_SESSION_BACKEND names no server.",
  },
  {
    broken: ({ TINA4_SESSION_URL: url }, sources) =>
      url !== undefined && REPLACED_BY_SESSION_URL.some((name) => sources[name] !== "default"),
    says: `TINA4_SESSION_URL is set, so ${REPLACED_BY_SESSION_URL.join(", ")} have no effect.`,
  },
];

/** Judges together what is fine one by one: `errors` stop the start, `warnings` are only told. */
export function findConflicts(
  settings: Settings,
  sources: SettingSources,
): { readonly errors: readonly string[]; readonly warnings: readonly string[] } {
  const judge = (rules: readonly Rule[]): string[] =>
    rules.filter((rule) => rule.broken(settings, sources)).map((rule) => rule.says);
  return { errors: judge(CONFLICTS), warnings: judge(DOUBTS) };
}

function isServer(backend: Settings["TINA4_SESSION_BACKEND"]): boolean {
  return backend !== "file" && backend !== "memory";
}

function sessionsStayInOneOfManyWorkers(settings: Settings): boolean {
  return settings.TINA4_SESSION_BACKEND === "memory" && settings.TINA4_WORKERS > 1;
}
