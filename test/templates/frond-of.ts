import assert from "node:assert/strict";
import { Frond, type FrondOptions } from "../../src/templates/frond.ts";
import type { TemplateError } from "../../src/templates/template-error.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;
type Data = Readonly<Record<string, unknown>>;

/** An engine over a folder with these templates. */
export function frondOf(files: Files, options: Partial<FrondOptions<unknown>> = {}): Frond<unknown> {
  return new Frond({ folder: temporaryFolder(files), checksForChanges: false, ...options });
}

/** Renders `page.twig`, which is the only file if a text is given. */
export function rendered(files: Files | string, data: Data = {}): string {
  const page = frondOf(typeof files === "string" ? { "page.twig": files } : files).render("page.twig", data, undefined);
  assert.equal(typeof page, "string");
  return page as string;
}

/** What is wrong with a page: place and problem, as `page.twig:1:4: …`. */
export function problemOf(files: Files | string, data: Data = {}, code = "TEMPLATE_INVALID"): string {
  let found: TemplateError | undefined;
  assert.throws(
    () => rendered(files, data),
    (error: TemplateError) => {
      assert.equal(error.code, code, error.message);
      found = error;
      return true;
    },
  );
  return `${found?.file}:${found?.line}:${found?.column}: ${found?.problem}`;
}
