import type { Application } from "../../app/application.ts";
import { isUnsafeMethod } from "../../auth/access-rule.ts";
import { isOpen, publicWrites, type Route } from "../public-writes.ts";
import type { Question } from "./ask-over-http.ts";

/** Nobody has this name (RFC 2606 §2). */
export const FOREIGN_ORIGIN = "https://tina4-check.invalid";
export const DEBUG_PATH = "/__tina4";
export const PRIVATE_PATHS: readonly string[] = [
  ...["/.env", "/.env.local", "/.git/config", "/secrets/jwt.key", "/data/app.db"],
];

const MAX_PAGES = 3;
const MAX_WRITES = 6;
const PARAM = /\{[^}]+\}/g;
const PAGE = { Accept: "text/html" };
const PROGRAM = { Accept: "application/json" };

/** What any server is asked: fourteen questions with a project's pages, none of which changes anything. */
export function commonQuestions(application: Application | undefined): readonly Question[] {
  const pages = (application?.routes ?? []).filter(isPlainPage).slice(0, MAX_PAGES);
  return [
    { method: "GET", path: "/", headers: PAGE },
    { method: "GET", path: "/tina4-check-finds-nothing-here", headers: PAGE },
    { method: "GET", path: "/", headers: { ...PROGRAM, Origin: FOREIGN_ORIGIN } },
    { method: "OPTIONS", path: "/", headers: { Origin: FOREIGN_ORIGIN, "Access-Control-Request-Method": "PUT" } },
    { method: "TRACE", path: "/" },
    { method: "GET", path: DEBUG_PATH, headers: PAGE },
    ...PRIVATE_PATHS.map((path) => ({ method: "GET", path })),
    ...pages.map(({ pattern }) => ({ method: "GET", path: pattern.text, headers: PAGE })),
  ];
}

/**
 * Writes of a project that a stranger may not send, with ids that nothing has. A public write is never asked, and where another route
 * could take the question for one of those, it is not asked either.
 */
export function writeQuestions(application: Application): readonly Question[] {
  const open = publicWrites(application).map(({ name }) => matcherOf(name));
  return application.routes
    .flatMap((route) => route.methods.map((method) => ({ route, method })))
    .filter(({ route, method }) => isUnsafeMethod(method) && !isOpen(route, method, application))
    .sort((one, other) => Number(hasParam(other.route)) - Number(hasParam(one.route)))
    .map(({ route, method }) => ({ method, path: harmlessPath(route), headers: PROGRAM }))
    .filter(({ method, path }) => !open.some((matcher) => matcher.test(`${method} ${path}`)))
    .slice(0, MAX_WRITES);
}

function isPlainPage(route: Route): boolean {
  return route.methods.includes("GET") && route.pattern.text !== "/" && !hasParam(route);
}

function hasParam({ pattern }: Route): boolean {
  return pattern.text.includes("{");
}

/** Whatever `POST /a/{id:int}` could be taken for; of the types of parameters nothing is known here. */
function matcherOf(name: string): RegExp {
  const parts = name.split(PARAM).map((text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`);
}

const HARMLESS: Readonly<Record<string, string>> = {
  int: "0",
  float: "0",
  uuid: "00000000-0000-4000-8000-000000000000",
};

function harmlessPath({ pattern }: Route): string {
  return pattern.text.replaceAll(PARAM, (param) => HARMLESS[/:(\w+)/.exec(param)?.[1] ?? ""] ?? "x");
}
