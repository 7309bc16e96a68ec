import { UnsafePlace } from "../../escaping/unsafe-place.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";

/** @throws {TemplateError} `TEMPLATE_INVALID` where nothing that is printed could be made safe. */
export function safely<T>(scope: Scope, at: number, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof UnsafePlace) fail(scope, error.problem, at + error.offset);
    throw error;
  }
}
