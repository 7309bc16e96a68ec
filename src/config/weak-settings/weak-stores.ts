import { workersOf } from "../workers-of.ts";
import { databaseAddress, rateAddress, type StoreAddress, sessionAddress } from "./store-address.ts";
import type { WeakSetting } from "./weak-setting.ts";

const MONTH_SECONDS = 2_592_000;

/** What manuals, images and tutorials set, and scanners try first. */
const DEFAULT_PASSWORDS: readonly string[] = (
  "postgres mysql mariadb root admin password passwd secret example changeme change-me " +
  "redis mongo mongodb test guest user app tina4 1234 12345 123456 12345678 qwerty"
).split(" ");

/** What is weak about where data is kept. */
export const WEAK_STORES: readonly WeakSetting[] = [
  {
    id: "T4-050",
    severity: "error",
    setting: "TINA4_SESSION_BACKEND",
    title: "Sessions are kept in memory",
    why: "Everybody is logged out, and revocations are forgotten, at every start.",
    remedy: "Set TINA4_SESSION_BACKEND=file, or a server that all machines share.",
    isWeak: ({ TINA4_SESSION_BACKEND }) => TINA4_SESSION_BACKEND === "memory",
  },
  {
    id: "T4-051",
    severity: "warning",
    setting: "TINA4_SESSION_SAMESITE",
    title: "Other sites' requests carry the session cookie",
    why: "With SameSite=None form tokens and the cross-site guard are all that keeps other sites out.",
    remedy: "Set TINA4_SESSION_SAMESITE=Lax, unless the pages must work inside of other sites.",
    isWeak: ({ TINA4_SESSION_SAMESITE }) => TINA4_SESSION_SAMESITE === "None",
  },
  {
    id: "T4-052",
    severity: "warning",
    setting: "TINA4_SESSION_BACKEND",
    title: "Sessions stay on one machine",
    why: "Counters are on a server that machines share and sessions are files: each machine knows its own logins only.",
    remedy: "Set TINA4_SESSION_BACKEND to redis or valkey, or count in memory if there is one machine.",
    isWeak: (settings) => settings.TINA4_SESSION_BACKEND === "file" && rateAddress(settings)?.isRemote === true,
  },
  {
    id: "T4-053",
    severity: "warning",
    setting: "TINA4_RATE_BACKEND",
    title: "Rate limits are counted by each process for itself",
    why: "Several workers or machines let the limit pass once each, and a password can be guessed as many times more often.",
    remedy: "Set TINA4_RATE_BACKEND=redis and TINA4_RATE_URL.",
    isWeak: (settings) =>
      settings.TINA4_RATE_BACKEND === "memory" &&
      (workersOf(settings) > 1 || sessionAddress(settings)?.isRemote === true),
  },
  {
    id: "T4-054",
    severity: "error",
    setting: "TINA4_DATABASE_URL",
    title: "The database is reached without TLS",
    why: "Whoever is on the way reads and changes everything, the password included.",
    remedy: "Add sslmode=verify-full for PostgreSQL or ssl=true for MySQL to the URL.",
    isWeak: (settings) => isOpenlySent(databaseAddress(settings)),
  },
  {
    id: "T4-055",
    severity: "error",
    setting: "TINA4_SESSION_BACKEND",
    title: "The session server is reached without TLS",
    why: "Whoever is on the way reads and changes sessions.",
    remedy: "Set TINA4_SESSION_URL to a rediss:// URL, or to a mongodb:// one with tls=true.",
    isWeak: (settings) => isOpenlySent(sessionAddress(settings)),
  },
  {
    id: "T4-056",
    severity: "error",
    setting: "TINA4_RATE_URL",
    title: "The server of the counters is reached without TLS",
    why: "Whoever is on the way can reset the limits, those of logins among them.",
    remedy: "Set TINA4_RATE_URL to a rediss:// URL.",
    isWeak: (settings) => isOpenlySent(rateAddress(settings)),
  },
  {
    id: "T4-057",
    severity: "error",
    setting: "TINA4_DATABASE_URL",
    title: "The database has no password of its own",
    why: "Whoever reaches its port is in.",
    remedy: "Give the application a user of its own with a random password.",
    isWeak: (settings) => isUnguarded(databaseAddress(settings)),
  },
  {
    id: "T4-058",
    severity: "warning",
    setting: "TINA4_SESSION_BACKEND",
    title: "The session server has no password of its own",
    why: "Whoever reaches its port can make sessions, and be anybody.",
    remedy: "Set TINA4_SESSION_PASSWORD, or put the password into TINA4_SESSION_URL.",
    isWeak: (settings) => isUnguarded(sessionAddress(settings)),
  },
  {
    id: "T4-059",
    severity: "warning",
    setting: "TINA4_SESSION_MAX_AGE",
    title: "Sessions live long",
    why: "A session that was left open on another's device is good for more than a month.",
    remedy: "Leave TINA4_SESSION_MAX_AGE at 43200, and issue refresh tokens to those who stay.",
    isWeak: ({ TINA4_SESSION_MAX_AGE: seconds }) => seconds > MONTH_SECONDS,
  },
];

function isOpenlySent(address: StoreAddress | undefined): boolean {
  return address?.isRemote === true && !address.isEncrypted;
}

/** On this machine a server may let in by user, through a socket or without one. */
function isUnguarded(address: StoreAddress | undefined): boolean {
  if (address === undefined) return false;
  if (address.password === "") return address.isRemote;
  return DEFAULT_PASSWORDS.includes(decoded(address.password).toLowerCase());
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
