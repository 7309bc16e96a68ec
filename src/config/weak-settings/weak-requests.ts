import type { Settings } from "../settings.ts";
import type { WeakSetting } from "./weak-setting.ts";

const MEBIBYTE = 1_048_576;
const MAX_BODY_BYTES = 16 * MEBIBYTE;
const MAX_UPLOAD_BYTES = 1024 * MEBIBYTE;
const MAX_HANDLER_SECONDS = 300;

/** What is weak about which requests are let in, how many, and how large. */
export const WEAK_REQUESTS: readonly WeakSetting[] = [
  {
    id: "T4-040",
    severity: "error",
    setting: "TINA4_CSRF",
    title: "Form tokens are off",
    why: "A write of a session needs no form token, so the cross-site guard is all there is.",
    remedy: "Set TINA4_CSRF=true, and put {{ form_token() }} into every form.",
    isWeak: ({ TINA4_CSRF }) => !TINA4_CSRF,
  },
  {
    id: "T4-041",
    severity: "notice",
    setting: "TINA4_CSRF_SINGLE_USE",
    title: "Form tokens can be used again",
    why: "A form can be sent twice.",
    remedy: "Set TINA4_CSRF_SINGLE_USE=true: answers carry the next token.",
    isWeak: ({ TINA4_CSRF, TINA4_CSRF_SINGLE_USE }) => TINA4_CSRF && !TINA4_CSRF_SINGLE_USE,
  },
  {
    id: "T4-042",
    severity: "warning",
    setting: "TINA4_CORS_ORIGINS",
    title: "CORS is open to every site",
    why: "Scripts of every site may read answers.",
    remedy: "List the origins in TINA4_CORS_ORIGINS, unless all that is served is public.",
    isWeak: (settings) => isOpen(settings) && !settings.TINA4_CORS_CREDENTIALS,
  },
  {
    id: "T4-043",
    severity: "error",
    setting: "TINA4_CORS_CREDENTIALS",
    title: "CORS with credentials is meant for every site",
    why: "Credentials are not sent while TINA4_CORS_ORIGINS is *, and any origin that takes its place will read what users see.",
    remedy: "List the origins in TINA4_CORS_ORIGINS, or set TINA4_CORS_CREDENTIALS=false.",
    isWeak: (settings) => isOpen(settings) && settings.TINA4_CORS_CREDENTIALS,
  },
  {
    id: "T4-044",
    severity: "notice",
    setting: "TINA4_CORS_CREDENTIALS",
    title: "Other sites read what users see",
    why: "The listed sites read what a logged-in user sees.",
    remedy: "Keep only origins that you run yourself.",
    isWeak: (settings) =>
      settings.TINA4_CORS_CREDENTIALS && settings.TINA4_CORS_ORIGINS.length > 0 && !isOpen(settings),
  },
  {
    id: "T4-060",
    severity: "warning",
    setting: "TINA4_RATE_LIMIT",
    title: "There is no general rate limit",
    why: "Only routes with a limit of their own have one.",
    remedy: 'Set TINA4_RATE_LIMIT, and give busy routes "RateLimiter:N" of their own.',
    isWeak: ({ TINA4_RATE_LIMIT }) => TINA4_RATE_LIMIT === 0,
  },
  {
    id: "T4-061",
    severity: "warning",
    setting: "TINA4_MAX_BODY_SIZE",
    title: "Bodies may be very large",
    why: "Bodies without files are held in memory, so a few clients can fill it.",
    remedy: "Stay below 16 MiB, and take large things as uploads, which are streamed.",
    isWeak: ({ TINA4_MAX_BODY_SIZE: bytes }) => bytes > MAX_BODY_BYTES,
  },
  {
    id: "T4-062",
    severity: "warning",
    setting: "TINA4_MAX_UPLOAD_SIZE",
    title: "Uploads may be very large",
    why: "A few clients can fill the disk.",
    remedy: "Stay below 1 GiB, and give routes a smaller maxFileSize by .upload().",
    isWeak: ({ TINA4_MAX_UPLOAD_SIZE: bytes }) => bytes > MAX_UPLOAD_BYTES,
  },
  {
    id: "T4-063",
    severity: "warning",
    setting: "TINA4_HANDLER_TIMEOUT",
    title: "Handlers may take very long",
    why: "A handler that hangs holds its request, and what it has opened, for more than five minutes.",
    remedy: "Leave TINA4_HANDLER_TIMEOUT at 30, and do long work after the answer.",
    isWeak: ({ TINA4_HANDLER_TIMEOUT: seconds }) => seconds > MAX_HANDLER_SECONDS,
  },
  {
    id: "T4-064",
    severity: "warning",
    setting: "TINA4_LOG_LEVEL",
    title: "The log is meant for development",
    why: "It fills with what requests carry, which nobody has looked at for secrets.",
    remedy: "Set TINA4_LOG_LEVEL=info.",
    isWeak: ({ TINA4_LOG_LEVEL: level }) => level === "debug" || level === "trace",
  },
  {
    id: "T4-065",
    severity: "warning",
    setting: "TINA4_LOG_LEVEL",
    title: "The log leaves out attacks",
    why: "Refused requests leave no trace.",
    remedy: "Set TINA4_LOG_LEVEL=info.",
    isWeak: ({ TINA4_LOG_LEVEL: level }) => ["silent", "fatal", "error"].includes(level),
  },
];

function isOpen({ TINA4_CORS_ORIGINS: origins }: Settings): boolean {
  return origins.includes("*");
}
