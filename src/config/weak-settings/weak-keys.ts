import { hasShortApiKey } from "../has-short-api-key.ts";
import type { WeakSetting } from "./weak-setting.ts";

const DAY_MINUTES = 1440;

/** What is weak about the keys and the tokens that they sign. */
export const WEAK_KEYS: readonly WeakSetting[] = [
  {
    id: "T4-021",
    severity: "error",
    setting: "SECRET",
    title: "SECRET is not set",
    why: "Kept in secrets/jwt.key: each machine makes a key of its own, and a new disk logs everybody out.",
    remedy: 'Set SECRET to what "tina4 secret" prints, the same on every machine.',
    isWeak: ({ SECRET }) => SECRET === undefined,
  },
  {
    id: "T4-023",
    severity: "warning",
    setting: "TINA4_TOKEN_EXPIRES_IN",
    title: "Tokens live long",
    why: "A stolen token is good for more than a day.",
    remedy: "Leave TINA4_TOKEN_EXPIRES_IN at 60, and issue refresh tokens to those who stay.",
    isWeak: ({ TINA4_TOKEN_EXPIRES_IN: minutes }) => minutes > DAY_MINUTES,
  },
  {
    id: "T4-024",
    severity: "warning",
    setting: "TINA4_TOKEN_REVOCATION",
    title: "Tokens cannot be revoked",
    why: "A stolen token cannot be taken back.",
    remedy: "Set TINA4_TOKEN_REVOCATION=true: it costs no store access per request.",
    isWeak: ({ TINA4_TOKEN_REVOCATION }) => !TINA4_TOKEN_REVOCATION,
  },
  {
    id: "T4-025",
    severity: "warning",
    setting: "TINA4_TOKEN_MAX_AGE",
    title: "Renewed tokens live long",
    why: "A stolen token that is renewed in time stays good for more than a week.",
    remedy: "Leave TINA4_TOKEN_MAX_AGE at 720, and issue refresh tokens to those who stay.",
    isWeak: ({ TINA4_TOKEN_MAX_AGE: minutes }) => minutes > 7 * DAY_MINUTES,
  },
  {
    id: "T4-026",
    severity: "warning",
    setting: "TINA4_REFRESH_EXPIRES_IN",
    title: "Refresh tokens live long",
    why: "Whoever copies a device's storage stays logged in for more than three months.",
    remedy: "Set TINA4_REFRESH_EXPIRES_IN to 129600 minutes or fewer.",
    isWeak: ({ TINA4_REFRESH_EXPIRES_IN: minutes }) => minutes > 90 * DAY_MINUTES,
  },
  {
    id: "T4-028",
    severity: "error",
    setting: "API_KEYS",
    title: "An API key is short",
    why: "A short key can be guessed.",
    remedy: 'Replace it by what "tina4 secret" prints.',
    isWeak: ({ API_KEYS: keys }) => hasShortApiKey(keys),
  },
];
