// Runs the attacks of attack/main.ts: TypeScript, which not every version of Node.js loads by itself.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const loader = new URL("../dist/typescript/register.js", import.meta.url).href;
const flags = process.features.typescript ? [] : ["--import", loader];
const main = fileURLToPath(new URL("../attack/main.ts", import.meta.url));
const { status } = spawnSync(process.execPath, [...flags, main, ...process.argv.slice(2)], { stdio: "inherit" });
process.exitCode = status ?? 1;
