import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { isSafePath } from "../text/safe-path.ts";

const SECURE_OPTIONS: readonly string[] = ["session", "loginPath"];

/** What a route says about its access; `undefined` and `false` say nothing. */
export interface AccessMarks {
  readonly secure?: boolean | SecureOptions | undefined;
  readonly noAuth?: boolean | undefined;
  readonly crossSite?: boolean | undefined;
  readonly csrf?: boolean | undefined;
  /** The names given to `.role()`; `undefined` where it was not called. */
  readonly roles?: readonly string[] | undefined;
}

/** Who else may enter a guarded route, and where a browser is led that may not. */
export interface SecureOptions {
  /** Let an authenticated session stand in for the Bearer token. */
  readonly session?: boolean | undefined;
  /** Where a browser without either is sent: a path on this site, percent-encoded and without a query. */
  readonly loginPath?: string | undefined;
}

/**
 * Refuses marks that cannot be read or that exclude each other, so that no route is open by mistake.
 *
 * @throws {Tina4Error} `ROUTE_CONTRADICTION`, `OPTION_UNKNOWN` or `OPTION_INVALID`; the caller adds which route it was.
 */
export function refuseUnclearMarks(marks: AccessMarks): void {
  const { secure, noAuth, crossSite, csrf, roles } = marks;
  refuseUnlessSwitch("noAuth", noAuth);
  refuseUnlessSwitch("crossSite", crossSite);
  refuseUnlessSwitch("csrf", csrf);
  refuseUnclearSecure(secure);
  refuseIf(roles !== undefined && !areNames(roles), '.role() needs the name of a role, as in .role("admin").');
  refuseIf(noAuth && secure, ".noAuth() opens the route and .secure() closes it. Keep one of them.");
  refuseIf(noAuth && roles, ".noAuth() opens the route and .role() closes it. Keep one of them.");
  refuseIf(crossSite && !noAuth, ".crossSite() opens a public route to other sites. Add .noAuth() or remove it.");
  refuseIf(crossSite && csrf, ".csrf() wants a form token, which no .crossSite() request can have. Keep one of them.");
}

function refuseUnclearSecure(secure: AccessMarks["secure"]): void {
  if (typeof secure !== "object" || secure === null) {
    refuseUnlessSwitch("secure", secure);
    return;
  }
  refuseUnknownKeys(".secure()", secure, SECURE_OPTIONS);
  const { session, loginPath } = secure;
  refuseUnlessSwitch("session", session);
  if (loginPath !== undefined) {
    refuseIf(!isPlainPath(loginPath), `loginPath ${JSON.stringify(loginPath)} is no plain path, as "/login" is.`);
    refuseIf(!session, "loginPath leads to a session, which this route does not accept. Add session: true.");
  }
}

function isPlainPath(path: unknown): boolean {
  return typeof path === "string" && isSafePath(path) && !/[?#]/.test(path);
}

function areNames(roles: readonly unknown[]): boolean {
  return roles.length > 0 && roles.every((role) => typeof role === "string" && role.trim() !== "");
}

/** `{ noAuth: "false" }` must not open a route. */
function refuseUnlessSwitch(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== "boolean") {
    throw new Tina4Error("OPTION_INVALID", `${name} is true or false, not ${JSON.stringify(value)}.`);
  }
}

function refuseIf(unclear: unknown, message: string): void {
  if (unclear) {
    throw new Tina4Error("ROUTE_CONTRADICTION", message);
  }
}
