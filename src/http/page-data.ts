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
  const given =
    typeof value === "object" && value !== null
      ? `an object of type ${kindOf(value)}`
      : String(value === null ? null : typeof value);
  const remedy = "Give it the names that the template uses: { title: … }.";
  throw new Tina4Error(
    "RESPONSE_INVALID",
    `The data of ${JSON.stringify(template)} is a plain object, not ${given}. ${remedy}`,
  );
}
