// Servers may only be compared when they do the same work: node --test bench/same-work.test.mjs
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { formPosts } from "./measure/form-posts.mjs";
import { SCENARIOS } from "./measure/scenarios.mjs";
import { startServer } from "./measure/start-server.mjs";
import { CSP_DIRECTIVES, EXPOSED_HEADERS, ORIGIN, PERMISSIONS_POLICY } from "./servers/protection.mjs";

const PROTECTED = ["sketch", "tina4", "fastify", "hono", "express", "koa", "adonis"];
const BARE = ["raw", "raw-headers", "fastify-bare"];
const FORMS = ["sessions", "fastify-form"];

const HEADERS = {
  "x-frame-options": "SAMEORIGIN",
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-xss-protection": "0",
};
const BODIES = {
  hello: { hello: "world" },
  me: { id: 42 },
  orders: { got: { product: "widget", qty: 3, note: "hello there" }, user: 42 },
};

for (const name of PROTECTED) {
  describe(name, () => {
    const ask = serving(name);
    for (const [scenario, request] of Object.entries(SCENARIOS)) {
      it(`answers ${scenario} as all do, with the same protection`, async () => {
        const answer = await ask(request);
        assert.equal(answer.status, 200);
        assert.deepEqual(await answer.json(), BODIES[scenario]);
        assertProtected(answer.headers);
        assertReadableByOrigin(answer.headers);
      });
    }

    for (const scenario of ["me", "orders"]) {
      it(`refuses ${scenario} with a token that somebody else signed`, async () => {
        const { headers, ...rest } = SCENARIOS[scenario];
        const forged = { ...headers, Authorization: `${headers.Authorization.slice(0, -8)}AAAAAAAA` };
        const { status } = await ask({ ...rest, headers: forged });
        assert.ok(status === 401 || status === 403, String(status));
      });
    }

    it("lets no other origin read", async () => {
      const { headers } = await ask({ ...SCENARIOS.hello, headers: { Origin: "https://evil.example" } });
      assert.notEqual(headers.get("access-control-allow-origin"), "https://evil.example");
      assert.notEqual(headers.get("access-control-allow-origin"), "*");
    });
  });
}

for (const name of BARE) {
  describe(name, () => {
    const ask = serving(name);
    it("answers hello as all do", async () => {
      const answer = await ask(SCENARIOS.hello);
      assert.equal(answer.status, 200);
      assert.deepEqual(await answer.json(), BODIES.hello);
    });
  });
}

for (const name of FORMS) {
  describe(`the form of ${name}`, () => {
    const ask = serving(name);
    const next = formPosts();
    let shown;
    before(async () => {
      const { status, headers } = await ask(next());
      assert.equal(status, 200);
      shown = { headers: { ...Object.fromEntries(headers), "set-cookie": headers.getSetCookie() } };
    });

    it("is taken with its session and its token, with the same protection", async () => {
      const answer = await ask(next(shown));
      assert.equal(answer.status, 200);
      assert.deepEqual(await answer.json(), { name: "Alice Example", visitor: 42 });
      assertProtected(answer.headers);
    });

    it("is refused without its token", async () => {
      const { status } = await ask({ ...next(shown), body: "name=Alice+Example" });
      assert.equal(status, 403);
    });

    it("is refused with the token of a form that was shown to somebody else", async () => {
      const { headers, ...rest } = next(shown);
      const { status } = await ask({ ...rest, headers: { ...headers, Cookie: "" } });
      assert.equal(status, 403);
    });
  });
}

/** Starts the server for the tests around this call, and returns what sends it a request. */
function serving(name) {
  let server;
  before(async () => {
    server = await startServer(name);
  });
  after(() => server.stop());
  return ({ path, headers, ...rest }) =>
    fetch(server.origin + path, { ...rest, headers: { Origin: ORIGIN, ...headers } });
}

function assertProtected(headers) {
  for (const [name, value] of Object.entries(HEADERS)) assert.equal(headers.get(name), value, name);
  assert.deepEqual(parts(headers.get("content-security-policy"), ";"), directives());
  assert.deepEqual(parts(headers.get("permissions-policy"), ","), parts(PERMISSIONS_POLICY, ","));
  assert.match(headers.get("x-request-id"), /^[\w.-]{5,64}$/);
  const counted = [...headers.keys()].filter((name) => /^(?:x-)?ratelimit-remaining$/.test(name));
  assert.equal(counted.length, 1, "one header says how many requests remain");
  assert.equal(headers.get("x-powered-by"), null);
}

function assertReadableByOrigin(headers) {
  assert.equal(headers.get("access-control-allow-origin"), ORIGIN);
  assert.deepEqual(parts(headers.get("access-control-expose-headers"), ","), parts(EXPOSED_HEADERS.join(), ","));
}

function directives() {
  const texts = Object.entries(CSP_DIRECTIVES).map(([name, sources]) => [name, ...sources].join(" "));
  return parts(texts.join(";"), ";");
}

function parts(text, separator) {
  return text
    .split(separator)
    .map((part) => part.trim().toLowerCase())
    .toSorted();
}
