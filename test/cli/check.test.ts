import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { PROTECTIVE, plainServer } from "../check/fixtures/plain-server.ts";
import { skip } from "./fixtures/built-package.ts";
import { RunningCommand } from "./fixtures/running-command.ts";
import { temporaryProject } from "./fixtures/temporary-project.ts";

const SECRET = "9a3c61f0e7d28b54c1a06f7e3d92b85410fe6c7a2b9d83e5f4061c7db8a2395e";
const ROUTES = [
  'import { get, post } from "tina4-ts";',
  'get("/", () => "hello");',
  'post("/orders", () => "ordered");',
];
const OPEN = 'import { post } from "tina4-ts";\npost("/open", () => "").noAuth();';

function project(test: TestContext, files: Parameters<typeof temporaryProject>[1] = {}) {
  const { root } = temporaryProject(test, { "src/routes/all.ts": ROUTES, ...files });
  const tina4 = (...args: readonly string[]) => new RunningCommand(test, ["check", ...args], { cwd: root }).ending();
  return { root, tina4 };
}

describe("tina4 check", { skip, concurrency: 2 }, () => {
  it("exits with 0 and says what it looked for when nothing is met", async (test) => {
    const { tina4 } = project(test);
    const { code, stdout, stderr } = await tina4();
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^0 errors, 0 warnings, 0 notices\. \d+ things were looked for\.\n$/);
  });

  it("exits with 1 on an error, names its place, and makes no file", async (test) => {
    const { root, tina4 } = project(test, { "src/routes/open.ts": OPEN });
    const { code, stdout } = await tina4();
    assert.equal(code, 1);
    assert.match(stdout, /^Errors\n\n {2}T4-007 {2}.*\n {4}src\/routes\/open\.ts:2 {2}POST \/open\n/);
    assert.deepEqual([existsSync(join(root, "secrets")), existsSync(join(root, "data"))], [false, false]);
  });

  it("exits with 0 on warnings alone, and prints one JSON document", async (test) => {
    const { tina4 } = project(test, { ".env": "TINA4_CRSF=false" });
    const { code, stdout } = await tina4("--json");
    const { version, counts, findings } = JSON.parse(stdout);
    assert.deepEqual([code, version, counts], [0, 1, { error: 0, warning: 1, notice: 0 }]);
    assert.deepEqual(findings[0].sightings, [
      {
        seen: "TINA4_CRSF (.env, line 1) is no setting. Did you mean TINA4_CSRF?",
        where: { setting: "TINA4_CRSF", source: ".env, line 1" },
      },
    ]);
  });

  it("tells of a project that does not start, and where", async (test) => {
    const bad = ['import { get } from "tina4-ts";', 'get("/a", () => "a").noAuth().role("admin");'];
    const { tina4 } = project(test, { "src/routes/bad.ts": bad });
    const { code, stdout } = await tina4("--json");
    const [finding] = JSON.parse(stdout).findings;
    assert.deepEqual(
      [code, finding.id, finding.sightings[0].where],
      [1, "T4-001", { file: "src/routes/bad.ts", line: 2 }],
    );
  });

  it("prints its document alone on standard output, whatever the project prints", async (test) => {
    const { tina4 } = project(test, { "src/routes/loud.ts": 'console.log("loud");' });
    const { code, stdout, stderr } = await tina4("--json");
    assert.deepEqual([code, JSON.parse(stdout).findings, stderr], [0, [], "loud\n"]);
  });

  it("exits with 1 where the project ends the process, or waits for ever, before it was looked at", async (test) => {
    for (const program of ["process.exit(0);", "await new Promise(() => {});"]) {
      const { code, stdout, stderr } = await project(test, { "app.ts": program }).tina4("--json");
      assert.deepEqual([code, stdout], [1, ""], program);
      assert.match(stderr, /The project ended this process before it was looked at/);
    }
  });

  it("exits with 2 and the usage on a wrong flag or address", async (test) => {
    const { tina4 } = project(test);
    const wrong = await tina4("--deplyo");
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /no flag "--deplyo".*--deploy/);
    for (const url of [
      "shop.example",
      "ftp://shop.example",
      "https://shop.example/login",
      "https://a:b@shop.example",
    ]) {
      assert.equal((await tina4("--url", url)).code, 2, url);
    }
  });
});

describe("tina4 check --deploy", { skip, concurrency: 2 }, () => {
  it("asks no server, shows no secret, and exits with 1", async (test) => {
    const lines = [
      `SECRET=${SECRET}`,
      "TINA4_DEBUG=true",
      "TINA4_SESSION_BACKEND=redis",
      "TINA4_SESSION_URL=redis://:hunter2@cache.example:1",
      "TINA4_RATE_BACKEND=redis",
      "TINA4_RATE_URL=redis://:hunter3@cache.example:1",
      "TINA4_DATABASE_URL=postgres://shop:hunter4@db.example/shop",
    ];
    const { root, tina4 } = project(test, { ".env": lines });
    chmodSync(join(root, ".env"), 0o600);
    const { code, stdout } = await tina4("--deploy");
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, new RegExp(`hunter|${SECRET}`));
    for (const id of ["030", "032", "054", "055", "056"]) assert.match(stdout, new RegExp(`T4-${id}`));
    assert.match(stdout, /TINA4_RATE_URL \(\.env, line 6\) {2}redis:\/\/\[redacted\]@cache\.example:1\n/);
  });
});

describe("tina4 check --url", { skip, concurrency: 2 }, () => {
  it("looks at the server alone, and tries the guarded writes of the project here", async (test) => {
    const server = await plainServer();
    test.after(() => server.close());
    const { tina4 } = project(test, { "src/routes/open.ts": OPEN });
    const { code, stdout } = await tina4("--url", server.origin.origin);
    assert.deepEqual([code, /T4-007/.test(stdout)], [0, false]);
    assert.ok(server.asked.includes("POST /orders"));
    assert.ok(!server.asked.includes("POST /open"));
  });

  it("looks at the project too with --deploy, whose app.ts runs once", async (test) => {
    const server = await plainServer();
    test.after(() => server.close());
    const app = ['import { post, run } from "tina4-ts";', 'post("/early", () => "");', "await run();"];
    const { tina4 } = project(test, { "app.ts": app });
    const { stdout } = await tina4("--deploy", "--url", server.origin.origin);
    assert.match(stdout, /T4-021/);
    assert.ok(server.asked.includes("POST /early"));
  });

  it("exits with 1 where a header is missing, and says that it knows no writes outside of a project", async (test) => {
    const { "X-Content-Type-Options": _, ...headers } = PROTECTIVE;
    const server = await plainServer(() => ({ headers }));
    test.after(() => server.close());
    const { root } = temporaryProject(test, {});
    const command = new RunningCommand(test, ["check", "--url", server.origin.origin, "--json"], { cwd: root });
    const { code, stdout, stderr } = await command.ending();
    assert.equal(code, 1);
    assert.deepEqual(
      JSON.parse(stdout).findings.map(({ id }: { id: string }) => id),
      ["T4-104"],
    );
    assert.match(stderr, /^There is no project here that starts/);
  });
});

describe("the examples", { skip, concurrency: 2 }, () => {
  for (const [name, rawUses] of [
    ["accounts", 0],
    ["contact-form", 0],
  ] as const) {
    it(`pass tina4 check, with their public writes listed: ${name}`, async (test) => {
      const cwd = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
      const { code, stdout } = await new RunningCommand(test, ["check", "--json"], { cwd }).ending();
      const { findings } = JSON.parse(stdout) as { findings: { id: string; sightings: readonly unknown[] }[] };
      const raw = findings.find(({ id }) => id === "T4-006")?.sightings ?? [];
      assert.deepEqual([code, findings.length - Math.sign(raw.length), raw.length], [0, 0, rawUses]);
    });
  }
});
