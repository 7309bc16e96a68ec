import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BENCH_SECRET } from "../count-instructions.mjs";

const FILES = 10;
const ROUTES_PER_FILE = 10;
const OWN_CHECKOUT = fileURLToPath(new URL("../..", import.meta.url));
const PEERS = fileURLToPath(new URL("../node_modules", import.meta.url));

/** One route of a project for this framework. */
const ownRoute = (path, isTyped) =>
  `get("${path}/{id:int}", (${isTyped ? "request: Request" : "request"}) => ({ id: request.params.id }));`;

/** What a project of each kind is written of: the file of ten routes, and what starts it, if it has such a file. */
const KINDS = {
  ts: {
    extension: "ts",
    file: (routes) => `import { get, type Request } from "tina4-ts";\n${routes((path) => ownRoute(path, true))}`,
  },
  js: {
    extension: "js",
    file: (routes) => `import { get } from "tina4-ts";\n${routes((path) => ownRoute(path, false))}`,
  },
  fastify: {
    extension: "js",
    file: (routes) =>
      `export function register(app) {\n${routes((path) => `app.get("${path}/:id", (request) => ({ id: Number(request.params.id) }));`)}\n}`,
    start: (imports) => `import fastify from "fastify";
const app = fastify();
${imports}
await app.listen({ port: 0, host: "127.0.0.1" });
console.log(\`listens on http://127.0.0.1:\${app.server.address().port}\`);`,
  },
  express: {
    extension: "js",
    file: (routes) =>
      `export function register(app) {\n${routes((path) => `app.get("${path}/:id", (request, response) => response.json({ id: Number(request.params.id) }));`)}\n}`,
    start: (imports) => `import express from "express";
const app = express();
${imports}
const server = app.listen(0, "127.0.0.1", () => console.log(\`listens on http://127.0.0.1:\${server.address().port}\`));`,
  },
};

/**
 * Writes a project of 100 routes with a parameter, in ten files.
 *
 * @param kind `ts` and `js` for this framework, `fastify` or `express`.
 * @returns Its folder, the path of its last route, the file that starts a peer, and a function that removes it all.
 */
export function routeProject(kind) {
  const { extension, file, start } = KINDS[kind];
  const folder = mkdtempSync(join(tmpdir(), "tina4-bench-"));
  const routeFolder = join(folder, "src/routes");
  mkdirSync(routeFolder, { recursive: true });
  const names = Array.from({ length: FILES }, (_, index) => `part-${index}`);
  for (const name of names) writeFileSync(join(routeFolder, `${name}.${extension}`), file(linesOf(name)));
  writeFileSync(join(folder, "package.json"), '{ "name": "a-hundred-routes", "type": "module" }');
  writeFileSync(join(folder, ".env"), `SECRET=${BENCH_SECRET}\n`);
  if (start === undefined) {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(OWN_CHECKOUT, join(folder, "node_modules/tina4-ts"), "junction");
  } else {
    symlinkSync(PEERS, join(folder, "node_modules"), "junction");
    writeFileSync(join(folder, "main.js"), start(names.map(importLine).join("\n")));
  }
  const lastPath = `/${names.at(-1)}/kind-${ROUTES_PER_FILE - 1}/42`;
  return { folder, lastPath, main: join(folder, "main.js"), remove: () => rmSync(folder, { recursive: true }) };
}

function linesOf(name) {
  return (line) => Array.from({ length: ROUTES_PER_FILE }, (_, index) => line(`/${name}/kind-${index}`)).join("\n");
}

function importLine(name, index) {
  return `import { register as register${index} } from "./src/routes/${name}.js";\nregister${index}(app);`;
}
