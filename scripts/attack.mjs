// Runs the attacks of attack/main.ts: TypeScript, which not every version of Node.js loads by itself.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const loader = new URL("../dist/typescript/register.js", import.meta.url);
const main = fileURLToPath(new URL("../attack/main.ts", import.meta.url));
if (existsSync(loader)) {
  const flags = process.features.typescript ? [] : ["--import", loader.href];
  const { status } = spawnSync(process.execPath, [...flags, main, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} else {
  console.error("What is attacked is the built package: `npm run build` first.");
  process.exitCode = 1;
}
