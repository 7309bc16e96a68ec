import { Tina4Error } from "../errors.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { isWellFormed } from "../text/well-formed.ts";
import type { GuardedRoute } from "./guarded-route.ts";
import type { PathPattern, Segment } from "./path-pattern.ts";

/** What a path segment cannot carry, encoded or not: such a path is refused when it comes back (CWE-22). */
const NOT_IN_A_SEGMENT = /[/\\\0]/;
const DOT_SEGMENT = /^\.{1,2}$/;

/** What a URL is made with: a path takes texts and numbers, a query also lists of them. */
export type UrlParams = Readonly<Record<string, unknown>>;

/**
 * The routes that have a name, and the paths that lead to them: each is one that the pattern of its route takes, and none leads to
 * another site.
 */
export class NamedRoutes {
  readonly #routes = new Map<string, GuardedRoute>();

  /** @throws {Tina4Error} ROUTE_DUPLICATE when two routes have one name. */
  constructor(routes: readonly GuardedRoute[]) {
    for (const route of routes) {
      const { name } = route.marks;
      if (name === undefined) continue;
      const earlier = this.#routes.get(name);
      if (earlier !== undefined) throw sameName(name, route, earlier);
      this.#routes.set(name, route);
    }
  }

  /**
   * The path of a route with its parameters, percent-encoded, and whatever else there is as its query.
   *
   * @throws {Tina4Error} OPTION_INVALID when no route has the name, or it would not take a value.
   * @see CWE-601
   */
  url(name: unknown, params: UrlParams = {}): string {
    const route = typeof name === "string" ? this.#routes.get(name) : undefined;
    if (route === undefined) throw this.#unknown(name);
    const { pattern } = route;
    const fault = (problem: string): Tina4Error =>
      new Tina4Error("OPTION_INVALID", `url("${name}") leads to ${pattern.text}, and ${problem}`);
    return pathOf(pattern, params, fault) + queryOf(pattern, params, fault);
  }

  #unknown(name: unknown): Tina4Error {
    const known = [...this.#routes.keys()];
    const hint = didYouMean(String(name), known, "Name one: .name(…) behind the route.");
    return new Tina4Error("OPTION_INVALID", `url(): no route has the name ${JSON.stringify(name)}.${hint}`);
  }
}

type Fault = (problem: string) => Tina4Error;

function pathOf({ segments }: PathPattern, params: UrlParams, fault: Fault): string {
  return segments.map((segment) => `/${encodeSegment(segment, params, fault)}`).join("");
}

function encodeSegment(segment: Segment, params: UrlParams, fault: Fault): string {
  if (segment.kind === "static") return segment.text;
  const { name } = segment;
  const text = Object.hasOwn(params, name) ? textOf(params[name]) : undefined;
  if (text === undefined) throw fault(`its ${name} is a text or a number. Write url(…, { ${name}: … }).`);
  if (segment.kind === "typed") {
    const value = segment.type.read(text);
    if (value === undefined) throw fault(`${JSON.stringify(text)} is no {${name}:${segment.typeName}}.`);
    return String(value);
  }
  const parts = segment.kind === "rest" ? text.split("/") : [text];
  return parts.map((part) => encodeText(part, name, fault)).join("/");
}

function encodeText(text: string, name: string, fault: Fault): string {
  if (text === "" || DOT_SEGMENT.test(text) || NOT_IN_A_SEGMENT.test(text) || !isWellFormed(text)) {
    throw fault(`${JSON.stringify(text)} cannot stand in a path as its ${name}.`);
  }
  return encodeURIComponent(text);
}

function queryOf({ paramNames }: PathPattern, params: UrlParams, fault: Fault): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (paramNames.includes(name) || value === undefined || value === null) continue;
    const isList = Array.isArray(value);
    for (const item of isList ? value : [value]) {
      const text = typeof item === "boolean" ? String(item) : textOf(item);
      if (text === undefined) throw fault(`its query takes texts and numbers, or lists of them, as ${name}.`);
      fields.append(isList ? `${name}[]` : name, text);
    }
  }
  return fields.size === 0 ? "" : `?${fields}`;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value)) ? String(value) : undefined;
}

function sameName(name: string, route: GuardedRoute, earlier: GuardedRoute): Tina4Error {
  return new Tina4Error("ROUTE_DUPLICATE", `${route.where} has the name "${name}", and so has ${earlier.where}.`);
}
