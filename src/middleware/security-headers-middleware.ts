import { isAlwaysHttps } from "../config/is-always-https.ts";
import type { Settings } from "../config/settings.ts";
import type { ArrivalPlanner } from "./planner.ts";

const DEFAULT_CSP = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'";

/**
 * Stands for the protective headers in middleware lists. They are on every response already, so listing it is harmless.
 *
 * @example
 * ```ts
 * import { Middleware, SecurityHeadersMiddleware } from "tina4-ts";
 * Middleware.use(SecurityHeadersMiddleware);
 * ```
 */
export class SecurityHeadersMiddleware {
  static afterSecurityHeaders(): void {}
}

/**
 * The protective headers of every response, names and values in turn, as `writeHead` takes them. They are built once, at start.
 *
 * @see OWASP HTTP Headers Cheat Sheet, CSP Level 3, RFC 6797
 */
export function securityHeaders(settings: Settings): readonly string[] {
  return [
    ...["X-Frame-Options", settings.TINA4_FRAME_OPTIONS],
    ...["X-Content-Type-Options", "nosniff"],
    ...["Content-Security-Policy", settings.TINA4_CSP ?? `${DEFAULT_CSP}; frame-ancestors ${frameAncestors(settings)}`],
    ...["Referrer-Policy", settings.TINA4_REFERRER_POLICY],
    ...["X-XSS-Protection", "0"],
    ...["Permissions-Policy", settings.TINA4_PERMISSIONS_POLICY],
    ...(settings.TINA4_HSTS !== undefined && isAlwaysHttps(settings)
      ? ["Strict-Transport-Security", settings.TINA4_HSTS]
      : []),
  ];
}

/**
 * Stages Strict-Transport-Security where a proxy says that the request came over HTTPS. Over plain HTTP browsers must ignore the
 * header, and where every request counts as HTTPS it is among {@link securityHeaders}.
 *
 * @see RFC 6797 §7.2
 */
export const stageStrictTransport: ArrivalPlanner = ({ settings }) => {
  const { TINA4_HSTS, TINA4_TRUSTED_PROXIES } = settings;
  if (TINA4_HSTS === undefined || TINA4_TRUSTED_PROXIES.length === 0 || isAlwaysHttps(settings)) return undefined;
  return (request, response) => {
    if (request.secure) response.stage("Strict-Transport-Security", TINA4_HSTS);
    return undefined;
  };
};

function frameAncestors({ TINA4_FRAME_OPTIONS }: Settings): string {
  return TINA4_FRAME_OPTIONS === "DENY" ? "'none'" : "'self'";
}
