import { Tina4Error } from "../errors.ts";
import { kindOf } from "./json-misfit.ts";

/** A record: what a template can be given, name by name. */
export type PageData = Readonly<Record<string, unknown>>;

/** Whether a value is a record: made by `{…}`, or a row of a database. An instance of a class is none: it would lose its methods. */
export function isPageData(value: unknown): value is PageData {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** @throws {Tina4Error} RESPONSE_INVALID when the value is no record. */
export function pageDataOf(value: unknown, template: string): PageData {
  if (isPageData(value)) return value;
  const problem = `The data of ${JSON.stringify(template)} is a plain object, not ${whatItIs(value)}.`;
  throw new Tina4Error("RESPONSE_INVALID", `${problem} Give it the names that the template uses: { title: … }.`);
}

/** As an error calls a value that does not fit: `null`, `string`, `an object of type Map`. */
export function whatItIs(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" ? `an object of type ${kindOf(value)}` : typeof value;
}
