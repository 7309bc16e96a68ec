import type { AttackRow } from "./row.ts";
import { ACCOUNT_ROWS } from "./rows/accounts.ts";
import { BEARER_TOKEN_ROWS } from "./rows/bearer-tokens.ts";
import { BODY_ROWS } from "./rows/bodies.ts";
import { CONFIGURATION_ROWS } from "./rows/configuration.ts";
import { COOKIE_ROWS } from "./rows/cookies.ts";
import { CORS_ROWS } from "./rows/cors.ts";
import { CROSS_SITE_ROWS } from "./rows/cross-site.ts";
import { DATABASE_ROWS } from "./rows/database.ts";
import { EXHAUSTION_ROWS } from "./rows/exhaustion.ts";
import { FORGED_TOKEN_ROWS } from "./rows/forged-tokens.ts";
import { FORM_TOKEN_ROWS } from "./rows/form-tokens.ts";
import { HEADER_ROWS } from "./rows/headers.ts";
import { PAGE_ROWS } from "./rows/pages.ts";
import { PARSING_ROWS } from "./rows/parsing.ts";
import { RATE_LIMIT_ROWS } from "./rows/rate-limit.ts";
import { REDIRECT_ROWS } from "./rows/redirects.ts";
import { ROUTING_ROWS } from "./rows/routing.ts";
import { SESSION_ROWS } from "./rows/sessions.ts";
import { SOCKET_ROWS } from "./rows/sockets.ts";
import { STATIC_FILE_ROWS } from "./rows/static-files.ts";
import { UPLOAD_ROWS } from "./rows/uploads.ts";

/** Every attack that the project knows, by subject. */
export const ATTACK_ROWS: readonly AttackRow[] = [
  ...FORGED_TOKEN_ROWS,
  ...BEARER_TOKEN_ROWS,
  ...CROSS_SITE_ROWS,
  ...FORM_TOKEN_ROWS,
  ...SESSION_ROWS,
  ...COOKIE_ROWS,
  ...CORS_ROWS,
  ...RATE_LIMIT_ROWS,
  ...HEADER_ROWS,
  ...ROUTING_ROWS,
  ...PARSING_ROWS,
  ...STATIC_FILE_ROWS,
  ...BODY_ROWS,
  ...UPLOAD_ROWS,
  ...PAGE_ROWS,
  ...REDIRECT_ROWS,
  ...DATABASE_ROWS,
  ...ACCOUNT_ROWS,
  ...SOCKET_ROWS,
  ...EXHAUSTION_ROWS,
  ...CONFIGURATION_ROWS,
];
