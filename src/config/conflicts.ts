import { GOOD_API_KEY_CHARACTERS, hasShortApiKey } from "./has-short-api-key.ts";
import { isAlwaysHttps } from "./is-always-https.ts";
import type { SettingName, SettingSources, Settings } from "./settings.ts";
import { workersOf } from "./workers-of.ts";

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
    broken: (settings) => settings.TINA4_SESSION_BACKEND === "memory" && workersOf(settings) > 1,
    says:
      "TINA4_SESSION_BACKEND is memory, which each of the TINA4_WORKERS has for itself: a session, a logout or a revocation " +
      "(TINA4_TOKEN_REVOCATION) would be known to one of them, and what can be used once could be used once in each. " +
      "Set TINA4_SESSION_BACKEND to file, redis, valkey or mongodb, or TINA4_WORKERS to 1.",
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
    broken: (settings) => workersOf(settings) > 1 && settings.TINA4_RATE_BACKEND === "memory",
    says:
      "TINA4_RATE_BACKEND is memory: each of the TINA4_WORKERS counts for itself, so that every limit, that of guesses in " +
      "LoginThrottle too, lets through as many times more. Set TINA4_RATE_BACKEND to redis and TINA4_RATE_URL.",
  },
  {
    broken: (settings) => settings.TINA4_WORKERS > workersOf(settings),
    says: "TINA4_WORKERS has no effect in debug: one process serves, and is replaced when a file changes.",
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
