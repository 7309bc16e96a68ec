import { hasShortApiKey } from "../config/has-short-api-key.ts";
import type { SettingName, Settings } from "../config/settings.ts";

const DAY_MINUTES = 1440;
/** A network of more addresses than these is no rack of proxies. */
const WIDEST_PROXY_BITS = { ipv4: 16, ipv6: 48 };

type Doubt = (settings: Settings) => string | false;

/** What is weak about a setting where strangers can reach the application, and what comes of it. */
const DOUBTS: { readonly [Name in SettingName]?: Doubt } = {
  SECRET: ({ SECRET }) => SECRET === undefined && "Kept in secrets/jwt.key: each machine makes a key of its own.",
  API_KEYS: ({ API_KEYS: keys }) =>
    hasShortApiKey(keys) && "A short key can be guessed. `tina4 secret` makes a better one.",
  TINA4_DEBUG: ({ TINA4_DEBUG }) => TINA4_DEBUG && "Turn it off: whoever gets onto this machine sees this page.",
  TINA4_HOST: ({ TINA4_DEBUG, TINA4_HOST }) =>
    TINA4_DEBUG && !isLoopback(TINA4_HOST) && "Everybody in this network reaches an application in debug.",
  TINA4_PUBLIC_ORIGIN: ({ TINA4_PUBLIC_ORIGIN: origin }) =>
    !origin?.startsWith("https:") && "Name the https origin: without it cookies are not Secure and HSTS is not sent.",
  TINA4_ALLOWED_HOSTS: ({ TINA4_ALLOWED_HOSTS: hosts, TINA4_PUBLIC_ORIGIN: origin }) =>
    hosts.length === 0 && origin === undefined && "Any Host is answered: links made from it can lead elsewhere.",
  TINA4_TRUSTED_ORIGINS: ({ TINA4_TRUSTED_ORIGINS: origins }) =>
    origins.length > 0 && "A hole in these sites is a hole in this one: their pages may write here.",
  TINA4_TRUSTED_PROXIES: ({ TINA4_TRUSTED_PROXIES: networks }) =>
    networks.some(isWide) && "Wide: whoever has one of these addresses can claim to be any client.",
  TINA4_TOKEN_EXPIRES_IN: ({ TINA4_TOKEN_EXPIRES_IN: minutes }) =>
    minutes > DAY_MINUTES && "A stolen token is good for more than a day.",
  TINA4_TOKEN_REVOCATION: ({ TINA4_TOKEN_REVOCATION }) =>
    !TINA4_TOKEN_REVOCATION && "A stolen token cannot be taken back.",
  TINA4_SESSION_BACKEND: ({ TINA4_SESSION_BACKEND, TINA4_WORKERS: workers }) =>
    TINA4_SESSION_BACKEND === "memory" &&
    (workers > 1
      ? "Does not start with several workers, each of which would have sessions of its own."
      : "Everybody is logged out, and revocations are forgotten, at every start."),
  TINA4_SESSION_SAMESITE: ({ TINA4_SESSION_SAMESITE }) =>
    TINA4_SESSION_SAMESITE === "None" && "Other sites' requests carry the session cookie.",
  TINA4_CSRF: ({ TINA4_CSRF }) => !TINA4_CSRF && "A write of a session needs no form token.",
  TINA4_CSRF_SINGLE_USE: ({ TINA4_CSRF_SINGLE_USE }) => !TINA4_CSRF_SINGLE_USE && "A form can be sent twice.",
  TINA4_CORS_ORIGINS: ({ TINA4_CORS_ORIGINS }) =>
    TINA4_CORS_ORIGINS.includes("*") && "Scripts of every site may read answers.",
  TINA4_CORS_CREDENTIALS: ({ TINA4_CORS_CREDENTIALS, TINA4_CORS_ORIGINS: origins }) =>
    TINA4_CORS_CREDENTIALS &&
    origins.length > 0 &&
    !origins.includes("*") &&
    "The listed sites read what a logged-in user sees.",
  TINA4_RATE_LIMIT: ({ TINA4_RATE_LIMIT }) =>
    TINA4_RATE_LIMIT === 0 && "Only routes with a limit of their own have one.",
  TINA4_RATE_BACKEND: ({ TINA4_RATE_BACKEND, TINA4_WORKERS: workers }) =>
    TINA4_RATE_BACKEND === "memory" && workers > 1 && `Each of ${workers} workers counts for itself: set it to redis.`,
  TINA4_CSP: ({ TINA4_CSP = "" }) =>
    /'unsafe-|(?:^|[\s;])\*/.test(TINA4_CSP) && "It lets in what it is there to keep out: unsafe sources, or all.",
  TINA4_HSTS: ({ TINA4_HSTS }) => TINA4_HSTS === undefined && "No browser is told to stay on HTTPS.",
  TINA4_REFERRER_POLICY: ({ TINA4_REFERRER_POLICY }) =>
    TINA4_REFERRER_POLICY === "unsafe-url" && "Other sites learn the whole address, with its query.",
  TINA4_LOG_LEVEL: ({ TINA4_LOG_LEVEL }) =>
    ["silent", "fatal", "error"].includes(TINA4_LOG_LEVEL) && "Refused requests leave no trace.",
};

/** Says what is weak about a setting in production; nothing where it is not. */
export function settingDoubt(name: SettingName, settings: Settings): string | undefined {
  return DOUBTS[name]?.(settings) || undefined;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function isWide(network: string): boolean {
  const [address = "", bits] = network.split("/");
  const widest = address.includes(":") ? WIDEST_PROXY_BITS.ipv6 : WIDEST_PROXY_BITS.ipv4;
  return bits !== undefined && Number(bits) < widest;
}
