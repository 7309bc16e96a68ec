import type { GroupVerb, Verb, WebSocketVerb } from "../router/verb.ts";
import { currentApplication } from "./current-application.ts";

/** Registers a route for GET and HEAD: public unless it says `.secure()`. */
export const get: Verb = verb("get");
/** Registers a route for HEAD alone, guarded as the GET of its path is. */
export const head: Verb = verb("head");
/** Registers a route for POST: a Bearer token is needed unless it says `.noAuth()`. */
export const post: Verb = verb("post");
/** Registers a route for PUT: a Bearer token is needed unless it says `.noAuth()`. */
export const put: Verb = verb("put");
/** Registers a route for PATCH: a Bearer token is needed unless it says `.noAuth()`. */
export const patch: Verb = verb("patch");
/** Registers a route for DELETE: a Bearer token is needed unless it says `.noAuth()`. */
export const del: Verb = verb("del");
/** Registers one route for GET, POST, PUT, PATCH and DELETE. */
export const any: Verb = verb("any");
/** Registers a route for OPTIONS, in place of the answer that names the allowed methods. */
export const options: Verb = verb("options");

/** Registers the routes inside a function under one path prefix, with common middleware around their own. */
export const group: GroupVerb = ((...args: Parameters<GroupVerb>) => currentApplication().group(...args)) as GroupVerb;

/** Registers a WebSocket: a ticket or a Bearer token is needed unless it says `.noAuth()` or takes a session. */
export const websocket: WebSocketVerb = ((...args: Parameters<WebSocketVerb>) =>
  currentApplication().websocket(...args)) as WebSocketVerb;

/** The same verbs as members of one object, as the book writes them: `Router.get(…)`. */
export const Router: Readonly<Record<RouterVerb, Verb>> & {
  readonly group: GroupVerb;
  readonly websocket: WebSocketVerb;
} = {
  get,
  head,
  post,
  put,
  patch,
  delete: del,
  del,
  any,
  options,
  group,
  websocket,
};

type RouterVerb = "get" | "head" | "post" | "put" | "patch" | "delete" | "del" | "any" | "options";

function verb(name: RouterVerb): Verb {
  return ((...args: Parameters<Verb>) => currentApplication()[name](...args)) as Verb;
}
