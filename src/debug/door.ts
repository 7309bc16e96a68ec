import { relative } from "node:path";
import type { AccessRule } from "../auth/access-rule.ts";
import { isPublicWrite } from "../auth/is-public-write.ts";
import type { Settings } from "../config/settings.ts";
import type { PlannedRoute, PlannedSocket } from "../middleware/planner.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import type { Route } from "../router/route.ts";
import { WebSocketRoute } from "../router/websocket-route.ts";
import { byteWords } from "./byte-words.ts";
import { formTokenWords, lockWords } from "./lock-words.ts";

/** One method of one route, as a developer looks at it: who gets in, and what else stands in the way. */
export interface Door {
  readonly method: string;
  readonly path: string;
  readonly name: string | undefined;
  /** Whether strangers may change something here. */
  readonly isOpenWrite: boolean;
  readonly isLocked: boolean;
  readonly lock: string;
  readonly formToken: string;
  readonly crossSite: string;
  readonly limits: readonly string[];
  /** Whether it has a limit that it does not share with the whole application. */
  readonly hasOwnLimit: boolean;
  readonly body: string;
  /** Of its groups and its own, in the order in which they run. */
  readonly middleware: readonly string[];
  readonly schemas: readonly string[];
  /** `src/routes/users.ts:3` */
  readonly declaredAt: string;
}

/** What a door is described from. */
export interface DoorPlace {
  readonly settings: Settings;
  /** The project's folder, absolute. */
  readonly root: string;
  /** The limits that its groups and the route name, outermost first. */
  readonly ownLimits: readonly number[];
  /** What the middleware of its groups and the route asks for. */
  readonly locks: readonly string[];
}

/** Describes one method of one route in words. */
export function doorOf(
  { route, method, access }: PlannedRoute | PlannedSocket,
  { settings, root, ownLimits, locks }: DoorPlace,
): Door {
  const { pattern, marks, listedMiddleware, declaredAt } = route;
  const middleware = listedMiddleware.map(middlewareName);
  return {
    method,
    path: pattern.text,
    name: marks.name,
    isOpenWrite: isPublicWrite(access, locks),
    isLocked: access.credential !== "none" || locks.length > 0,
    lock: lockWords(access, method, locks),
    formToken: "limits" in route ? "no: the Origin decides" : formTokenWords(access, settings.TINA4_CSRF),
    crossSite: crossSiteWords(access),
    limits: limitWords(ownLimits, settings),
    hasOwnLimit: ownLimits.length > 0 || middleware.some((entry) => entry.startsWith("LoginThrottle")),
    body: bodyWords(route, access, settings),
    middleware,
    schemas: schemaNames(route),
    declaredAt: relative(root, declaredAt),
  };
}

/** How a middleware list shows one of its entries. */
export function middlewareName(entry: MiddlewareEntry): string {
  return typeof entry === "string" ? entry : entry.name || "(anonymous)";
}

function crossSiteWords({ unsafe, crossSiteExempt }: AccessRule): string {
  if (!unsafe) return "only reads";
  return crossSiteExempt ? "off: other sites may post" : "on";
}

function limitWords(
  own: readonly number[],
  { TINA4_RATE_LIMIT, TINA4_RATE_WINDOW }: DoorPlace["settings"],
): readonly string[] {
  if (own.length > 0) return own.map((requests) => `${requests} in ${TINA4_RATE_WINDOW} s, its own`);
  return TINA4_RATE_LIMIT === 0 ? ["none"] : [`${TINA4_RATE_LIMIT} in ${TINA4_RATE_WINDOW} s, shared`];
}

function bodyWords(route: Route | WebSocketRoute, { unsafe }: AccessRule, settings: Settings): string {
  if (route instanceof WebSocketRoute) return messageWords(route);
  return unsafe ? uploadWords(route.marks.upload, settings) : "not read";
}

function messageWords({ limits }: WebSocketRoute): string {
  return `messages up to ${byteWords(limits.maxMessageBytes)}, ${limits.messagesPerSecond} a second`;
}

function uploadWords(upload: Route["marks"]["upload"], settings: Settings): string {
  if (!upload) return `up to ${byteWords(settings.TINA4_MAX_BODY_SIZE)}, no files`;
  const { maxFiles, maxFileSize, types } = upload === true ? {} : upload;
  return [
    `up to ${byteWords(settings.TINA4_MAX_UPLOAD_SIZE)} with files`,
    ...(maxFiles === undefined ? [] : [`at most ${maxFiles}`]),
    ...(maxFileSize === undefined ? [] : [`${byteWords(maxFileSize)} each`]),
    ...(types === undefined ? [] : [types.join(", ")]),
  ].join(", ");
}

function schemaNames(route: Route | WebSocketRoute): readonly string[] {
  if (route instanceof WebSocketRoute) return [];
  return Object.entries(route.schemas).flatMap(([part, schema]) => (schema === undefined ? [] : [part]));
}
