import { relative } from "node:path";
import type { Application } from "../app/application.ts";
import { limitsOf } from "../app/limits-of.ts";
import { locksOf } from "../app/locks-of.ts";
import { type AccessRule, accessRule } from "../auth/access-rule.ts";
import { isPublicWrite } from "../auth/is-public-write.ts";
import { socketAccessRule } from "../auth/socket-access-rule.ts";

type AnyRoute = Application["routes"][number] | Application["websocketRoutes"][number];

/** What one method of one route demands, as it is listed. Programs read it as JSON: members may be added, none is taken away. */
export interface RouteRow {
  readonly method: string;
  readonly path: string;
  readonly name: string | null;
  /** What makes a page of what the handler returns. */
  readonly template: string | null;
  readonly auth: AccessRule["credential"];
  readonly roles: readonly string[];
  /** What middleware of its groups or its own asks for besides: `API key`. */
  readonly locks: readonly string[];
  /** Whether other sites may post here. */
  readonly crossSite: boolean;
  /** Whether a form token is asked for; `off` where it would be, did `TINA4_CSRF` not say otherwise. */
  readonly csrf: AccessRule["formToken"] | "off";
  /** How often one client may ask, outermost first; empty where nothing limits it. */
  readonly limit: readonly { readonly requests: number; readonly windowSeconds: number }[];
  /** Of its groups and its own, in the order in which they run. */
  readonly middleware: readonly string[];
  /** Whether strangers may change something here. */
  readonly isPublicWrite: boolean;
  /** `src/routes/users.ts:3` */
  readonly declaredAt: string;
}

/** Lists routes in the order of their registration, each method in a row of its own, and then WebSockets. */
export function routeRows(application: Application): readonly RouteRow[] {
  const { routes, websocketRoutes } = application;
  return [
    ...routes.flatMap((route) =>
      route.methods.map((method) => rowOf(route, method, accessRule(method, route.marks), application)),
    ),
    ...websocketRoutes.flatMap((route) =>
      route.methods.map((method) => rowOf(route, method, socketAccessRule(method, route.marks), application)),
    ),
  ];
}

function rowOf(
  route: AnyRoute,
  method: string,
  access: AccessRule,
  { root, settings, middleware }: Application,
): RouteRow {
  const { pattern, marks, listedMiddleware, declaredAt } = route;
  const locks = locksOf(route, middleware);
  const { TINA4_RATE_LIMIT: globalLimit, TINA4_RATE_WINDOW: windowSeconds } = settings;
  return {
    method,
    path: pattern.text,
    name: marks.name ?? null,
    template: marks.template ?? null,
    auth: access.credential,
    roles: access.roles,
    locks,
    crossSite: access.crossSiteExempt,
    csrf: formTokenOf(access, settings.TINA4_CSRF),
    limit: limitsOf(route, globalLimit).map((requests) => ({ requests, windowSeconds })),
    middleware: listedMiddleware.map((entry) => (typeof entry === "string" ? entry : entry.name || "(anonymous)")),
    isPublicWrite: isPublicWrite(access, locks),
    declaredAt: relative(root, declaredAt),
  };
}

function formTokenOf({ formToken, crossSiteExempt }: AccessRule, isAsked: boolean): RouteRow["csrf"] {
  if (formToken === "none" || crossSiteExempt) return "none";
  return isAsked ? formToken : "off";
}
