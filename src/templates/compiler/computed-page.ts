import { Tina4Error } from "../../errors.ts";
import { isSamePlace, PAGE_TEXT } from "../escaping/context.ts";
import type { Template } from "../language/node.ts";
import { Markup } from "../markup.ts";
import { templateNameFault } from "../template-name-fault.ts";
import type { Compiler } from "./compiler.ts";
import { firstOf, misnamed, missing } from "./find-template.ts";
import type { Procedure } from "./procedure.ts";
import type { Frame } from "./rendering/frame.ts";
import { Outgrown } from "./rendering/replay.ts";

/** Each one is looked for in the folder. */
const MAX_NAMES = 20;

/**
 * Finds the template that a value names while a page is rendered.
 *
 * @returns `undefined` when there is none.
 * @throws {TypeError} when the value is no name, or one that leads elsewhere.
 */
export function computedTemplate(value: unknown, compiler: Compiler): Template | undefined {
  const names = namesOf(value);
  for (const name of names) {
    const fault = templateNameFault(name);
    if (fault !== undefined) throw new TypeError(misnamed(name, fault));
  }
  return firstOf(names, compiler);
}

/** @throws {Tina4Error} `TEMPLATE_MISSING`, with the names that were looked for. */
export function failMissing(value: unknown): never {
  throw new Tina4Error("TEMPLATE_MISSING", missing(namesOf(value)));
}

/**
 * Compiles what was found, for the text of a page: nothing else is known of where it will stand.
 *
 * @param first Which of the lineage has not run yet.
 * @throws {TypeError} when it ends elsewhere.
 * @throws {Outgrown} when it mentions names that have no place in the frame of this render.
 */
export function computedPage(lineage: readonly Template[], first: number, compiler: Compiler, frame: Frame): Procedure {
  const page = compiler.page(lineage, PAGE_TEXT, first);
  if (!isSamePlace(page.end, PAGE_TEXT)) {
    throw new TypeError("A template whose name is computed has to end where it begins, in the text of a page.");
  }
  if (compiler.variables.count > frame.variables.length) throw new Outgrown();
  return page;
}

function namesOf(value: unknown): readonly string[] {
  const names = (Array.isArray(value) ? value : [value]).map((name) => (Markup.is(name) ? name.html : name));
  if (names.length > MAX_NAMES) throw new TypeError(`Up to ${MAX_NAMES} templates may be named, one for the other.`);
  if (names.every((name) => typeof name === "string")) return names;
  throw new TypeError("The name of a template has to be a text, or a list of texts.");
}
