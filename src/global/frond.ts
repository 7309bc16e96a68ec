import type { PageTemplates } from "../pages/page-templates.ts";
import { currentApplication } from "./current-application.ts";

type Registration = "addFilter" | "addFunction" | "addTest" | "addGlobal";

/**
 * What templates can use beside the language: filters, functions, tests and globals of the default application. Another application
 * has its own, as `app.templates`.
 *
 * Functions and filters may return promises. What they return is escaped as all other data is.
 *
 * @throws {Tina4Error} TEMPLATE_TOO_LATE when the application has started.
 * @example
 * ```ts
 * import { Frond } from "tina4-ts";
 * Frond.addFilter("euro", (cents) => `${(Number(cents) / 100).toFixed(2)} €`);
 * Frond.addFunction("year", () => new Date().getFullYear());
 * ```
 */
export const Frond: Pick<PageTemplates, Registration> = {
  addFilter: (...args) => currentApplication().templates.addFilter(...args),
  addFunction: (...args) => currentApplication().templates.addFunction(...args),
  addTest: (...args) => currentApplication().templates.addTest(...args),
  addGlobal: (...args) => currentApplication().templates.addGlobal(...args),
};
