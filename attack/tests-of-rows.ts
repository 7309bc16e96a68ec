import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TESTS = fileURLToPath(new URL("../test", import.meta.url));
const ROW_ID = /\b[A-Z]\d\d\b/g;

/** Tests of attacks first. */
const rank = (path: string): number => (path.startsWith("test/attacks/") ? 0 : 1);

/** The test files that name each row, by the row's id. */
export function testsOfRows(): ReadonlyMap<string, readonly string[]> {
  const byId = new Map<string, string[]>();
  const paths = readdirSync(TESTS, { recursive: true, encoding: "utf8" });
  for (const path of paths.filter((name) => name.endsWith(".ts")).sort()) {
    for (const id of new Set(readFileSync(join(TESTS, path), "utf8").match(ROW_ID))) {
      byId.set(id, [...(byId.get(id) ?? []), `test/${path.replaceAll("\\", "/")}`]);
    }
  }
  for (const files of byId.values()) files.sort((one, other) => rank(one) - rank(other));
  return byId;
}
