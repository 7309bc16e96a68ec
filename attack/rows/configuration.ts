import assert from "node:assert/strict";
import { headerOf } from "../answers.ts";
import { type AttackRow, inProcess, row, startRow } from "../row.ts";

const PASSWORD = "pa55word-of-the-store";

export const CONFIGURATION_ROWS: readonly AttackRow[] = [
  inProcess("G01", "production without a key", "one random key file, and a warning"),
  inProcess("G04", "a key file that cannot be trusted", "does not start"),
  startRow("G06", "a setting with a spelling mistake", "a warning with the nearest name", async (target) => {
    const { isRunning, output } = await target.startWith({ TINA4_CRSF: "true" });
    assert.equal(isRunning, true, output);
    assert.match(output, /TINA4_CRSF.*TINA4_CSRF/);
  }),
  startRow("G07", "a boolean that is none", "does not start", async (target) => {
    await target.refusesToStart({ TINA4_CSRF: "flase" });
  }),
  row(
    "G09",
    "every origin, with credentials",
    "a warning; credentials are never sent",
    async (target) => {
      const answer = await target.ask("GET", "/open", { lines: ["Origin: https://evil.example"] });
      assert.equal(headerOf(answer, "Access-Control-Allow-Credentials"), null);
      await target.logged(0, /TINA4_CORS_CREDENTIALS/);
    },
    { TINA4_CORS_ORIGINS: "*", TINA4_CORS_CREDENTIALS: "true" },
  ),
  row("G10", "the developer's pages and errors", "nothing of them in production", async (target) => {
    const { body } = await target.ask("GET", "/throw/error", { lines: ["Accept: text/html"] });
    assert.doesNotMatch(body, /SELECT|people\.ts|\n {4}at /);
    assert.equal((await target.ask("GET", "/__tina4")).status, 404);
  }),
  startRow(
    "G17",
    "a password in the address of a store that does not answer",
    "not shown; does not start",
    async (target) => {
      const settings = { TINA4_SESSION_BACKEND: "redis", TINA4_SESSION_URL: `redis://user:${PASSWORD}@127.0.0.1:1/` };
      const { output } = await target.refusesToStart(settings, "127.0.0.1");
      assert.ok(!output.includes(PASSWORD));
    },
  ),
  startRow("G20", "Node.js with --insecure-http-parser", "does not start", async (target) => {
    const { isRunning, output } = await target.startWith({}, ["--insecure-http-parser"]);
    assert.equal(isRunning, false);
    assert.match(output, /insecure-http-parser/);
  }),
];
