import assert from "node:assert/strict";
import { headerOf } from "../answers.ts";
import { FILE_SECRET } from "../project.ts";
import { type AttackRow, row } from "../row.ts";
import type { Target } from "../target.ts";

const CONTENT = "0123456789";

/** Asks for each of these; whatever is answered, nothing of a private file may be in it. */
async function closed(target: Target, status: 400 | 404 | 401, ...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const answer = await target.ask("GET", path);
    assert.equal(answer.status, status, path);
    for (const text of [FILE_SECRET, target.project.root]) assert.ok(!(answer.head + answer.body).includes(text), path);
  }
}

async function ranges(target: Target): Promise<void> {
  for (const range of [`bytes=${"0-,".repeat(1000)}0-`, "-1", "9-1", "bytes=9-1", "bytes=a", "bytes=0-1,3-4"]) {
    const answer = await target.ask("GET", "/a.txt", { lines: [`Range: ${range}`] });
    assert.deepEqual([answer.status, answer.body], [200, CONTENT], range.slice(0, 20));
  }
  assert.equal((await target.ask("GET", "/a.txt", { lines: ["Range: bytes=10-"] })).status, 416);
}

async function conditions(target: Target): Promise<void> {
  for (const line of [
    `If-None-Match: ${'"x",'.repeat(2500)}"y"`,
    "If-Modified-Since: yesterday",
    `If-Modified-Since: ${"9".repeat(10_000)}`,
  ]) {
    assert.equal((await target.ask("GET", "/a.txt", { lines: [line] })).status, 200, line.slice(0, 30));
  }
  assert.equal((await target.ask("GET", "/a.txt", { lines: ["If-None-Match: *"] })).status, 304);
}

async function methods(target: Target): Promise<void> {
  const head = await target.ask("HEAD", "/a.txt");
  assert.deepEqual([head.status, head.body, headerOf(head, "Content-Length")], [200, "", "10"]);
  for (const method of ["POST", "PUT", "DELETE"]) await target.deny("METHOD_NOT_ALLOWED", method, "/a.txt");
}

async function traversal(target: Target): Promise<void> {
  await closed(target, 400, "/public/../.env", "/../.env", "/%2e%2e/.env", "/..%2f.env", "/%2e%2e%2f.env", "/..\\.env");
  await closed(target, 400, "/..%5c.env", "/a%00.txt", "/%c0%ae%c0%ae/.env");
  await closed(target, 404, "/....//.env", "/..;/.env", "/%252e%252e%252f.env", "/public/..;/.env");
}

async function privateFiles(target: Target): Promise<void> {
  await closed(
    target,
    404,
    "/.env",
    "/.git/config",
    "/.htpasswd",
    "/app.js.map",
    "/app.db",
    "/a.txt~",
    "/package.json",
  );
  await closed(
    target,
    404,
    "/secrets/jwt.key.txt",
    "/data/app.db",
    "/src/public/a.txt",
    "/src/templates/token.twig",
    "/public/a.txt",
  );
}

export const STATIC_FILE_ROWS: readonly AttackRow[] = [
  row("T01", ".. in every spelling", "400 or 404", traversal),
  row("T02", "a guarded path by a detour", "400 or 404, never the file", async (target) => {
    await closed(target, 401, "/guarded.txt");
    await closed(target, 400, "/a/../guarded.txt", "//guarded.txt", "/%67uarded.txt");
    await closed(target, 404, "/guarded.txt/", "/GUARDED.TXT");
  }),
  row("T04", "an encoded slash", "400", (target) => closed(target, 400, "/a%2fb.txt", "/a%2Fb.txt", "/a%5cb.txt")),
  row("T05", "files that are not for everybody", "404", privateFiles),
  row("T06", "a link to outside", "404", async (target) => {
    if (target.project.hasLinks) await closed(target, 404, "/link.txt", "/up/.env", "/up/package.json", "/up/");
  }),
  row("T07", "a folder without index", "404, no list, no redirect", (target) =>
    closed(target, 404, "/folder", "/folder/"),
  ),
  row("T09", "other names of a file", "404", (target) =>
    closed(target, 404, "/A.txt", "/a.TXT", "/a.txt.", "/a.txt%20", "/a.txt::$DATA", "/GUARDE~1.TXT"),
  ),
  row("T10", "a thousand ranges, and none that is one", "the whole file, or 416", ranges),
  row("T11", "long lists of tags, dates that are none", "200 or 304", conditions),
  row("T13", "response.file with a path of the client", "404 outside of its root", async (target) => {
    assert.equal((await target.ask("GET", "/file?path=a.txt")).body, "file");
    await closed(
      target,
      404,
      "/file?path=../.env",
      "/file?path=..%2f.env",
      "/file?path=..%5c.env",
      "/file?path=.",
      "/file",
    );
    await closed(target, 404, `/file?path=${target.project.root}/.env`);
  }),
  row("T15", "a pipe in the place of a file", "404", async (target) => {
    if (target.project.hasLinks) await closed(target, 404, "/pipe.txt");
  }),
  row("T16", "HEAD and POST to a file", "no body; 405", methods),
];
