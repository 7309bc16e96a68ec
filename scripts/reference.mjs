// Writes all of docs/reference/ that is printed from the sources, as they are built in dist/. With --check it writes nothing, names each
// file that is old, and then ends with 1.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checksReference } from "../dist/check/checks-reference.js";
import { cliReference } from "../dist/cli/cli-reference.js";
import { settingsReference } from "../dist/config/settings-reference.js";
import * as errors from "../dist/errors.js";
import { apiReference } from "./reference/api-reference.mjs";
import { Declarations } from "./reference/declarations.mjs";
import { errorsReference } from "./reference/errors-reference.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const isCheck = process.argv.includes("--check");

const pages = {
  "api.md": apiReference(new Declarations(join(root, "dist"))),
  "checks.md": checksReference(),
  "cli.md": cliReference(),
  "errors.md": errorsReference(errors),
  "settings.md": settingsReference(),
};
for (const [name, text] of Object.entries(pages)) {
  const file = join(root, "docs/reference", name);
  if (textOf(file) === text) continue;
  if (isCheck) {
    console.log(`docs/reference/${name} is old: npm run reference`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`docs/reference/${name} written`);
  }
}

/** `""` for a page that is not there yet. */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
