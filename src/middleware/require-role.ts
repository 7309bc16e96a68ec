import { hasRole } from "../auth/has-role.ts";
import { HttpError, refusalError, refuse, Tina4Error } from "../errors.ts";
import { withLock } from "../pipeline/lock-of.ts";
import type { MiddlewareFunction } from "../pipeline/middleware.ts";
import { refusalOfStranger } from "./authenticate.ts";
import type { Planned, Planner } from "./planner.ts";

const FORBIDDEN = refuse("ROLE_REQUIRED");

/** The bearer needs one of the route's roles. */
export const checkRole: Planner<Planned> = (_services, { access }) => {
  const { roles } = access;
  if (roles.length === 0) return undefined;
  return (request) => (hasRole(request.user, roles) ? undefined : FORBIDDEN);
};

/**
 * Middleware that lets in only those whose `role` claim is exactly one of the names, for groups. A single route says `.role()`.
 *
 * @throws {Tina4Error} OPTION_INVALID when called without a name.
 * @example
 * ```ts
 * import { get, group, requireRole } from "tina4-ts";
 * group("/admin", { middleware: requireRole("admin") }, () => {
 *   get("/stats", () => ({ active: 42 }));
 * });
 * ```
 * @see CWE-863
 */
export function requireRole(name: string, ...others: string[]): MiddlewareFunction {
  const names = [name, ...others];
  if (names.some((each) => typeof each !== "string" || each === "")) {
    throw new Tina4Error("OPTION_INVALID", 'requireRole needs the name of a role, as in requireRole("admin").');
  }
  const guard: MiddlewareFunction = (request, response, next) => {
    if (request.user === null) {
      throw refusalError(refusalOfStranger(request));
    }
    if (!hasRole(request.user, names)) {
      throw new HttpError(403, `Forbidden. Required role: ${names.join(" or ")}`, { code: "ROLE_REQUIRED" });
    }
    return next(request, response);
  };
  Object.defineProperty(guard, "name", { value: `requireRole(${names.join(", ")})` });
  return withLock(guard, `role ${names.join(" or ")}`);
}
