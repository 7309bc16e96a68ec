// Servers may only be compared when they do the same work: node --test bench/same-work.test.mjs
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SCENARIOS } from "./scenarios.mjs";
import { CSP_DIRECTIVES, EXPOSED_HEADERS, ORIGIN, PERMISSIONS_POLICY } from "./servers/protection.mjs";
import { startServer } from "./start-server.mjs";

const PROTECTED = ["sketch", "tina4", "fastify", "hono", "express", "koa"];
const BARE = ["raw", "fastify-bare"];

const HEADERS = {
  "x-frame-options": "SAMEORIGIN",
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-xss-protection": "0",
  "access-control-allow-origin": ORIGIN,
};
const BODIES = {
  hello: { hello: "world" },
  me: { id: 42 },
  orders: { got: { product: "widget", qty: 3, note: "hello there" }, user: 42 },
};

for (const name of PROTECTED) {
  describe(name, () => {
    for (const [scenario, request] of Object.entries(SCENARIOS)) {
      it(`answers ${scenario} as all do, with the same protection`, async () => {
        const answer = await ask(name, request);
        assert.equal(answer.status, 200);
        assert.deepEqual(await answer.json(), BODIES[scenario]);
        assertProtected(answer.headers);
      });
    }

    for (const scenario of ["me", "orders"]) {
      it(`refuses ${scenario} with a token that somebody else signed`, async () => {
        const { headers, ...rest } = SCENARIOS[scenario];
        const forged = { ...headers, Authorization: `${headers.Authorization.slice(0, -8)}AAAAAAAA` };
        const { status } = await ask(name, { ...rest, headers: forged });
        assert.ok(status === 401 || status === 403, String(status));
      });
    }

    it("lets no other origin read", async () => {
      const answer = await ask(name, SCENARIOS.hello, "https://evil.example");
      assert.notEqual(answer.headers.get("access-control-allow-origin"), "https://evil.example");
      assert.notEqual(answer.headers.get("access-control-allow-origin"), "*");
    });
  });
}

for (const name of BARE) {
  describe(name, () => {
    it("answers hello as all do", async () => {
      const answer = await ask(name, SCENARIOS.hello);
      assert.equal(answer.status, 200);
      assert.deepEqual(await answer.json(), BODIES.hello);
    });
  });
}

async function ask(name, { path, headers, ...rest }, origin = ORIGIN) {
  const { origin: server, stop } = await startServer(name);
  try {
    const answer = await fetch(server + path, { ...rest, headers: { ...headers, Origin: origin } });
    return new Response(await answer.arrayBuffer(), answer);
  } finally {
    await stop();
  }
}

function assertProtected(headers) {
  for (const [name, value] of Object.entries(HEADERS)) assert.equal(headers.get(name), value, name);
  assert.deepEqual(parts(headers.get("content-security-policy"), ";"), directives());
  assert.deepEqual(parts(headers.get("permissions-policy"), ","), parts(PERMISSIONS_POLICY, ","));
  assert.deepEqual(parts(headers.get("access-control-expose-headers"), ","), parts(EXPOSED_HEADERS.join(), ","));
  assert.match(headers.get("x-request-id"), /^[\w.-]{5,64}$/);
  const counted = [...headers.keys()].filter((name) => /^(?:x-)?ratelimit-remaining$/.test(name));
  assert.equal(counted.length, 1, "one header says how many requests remain");
  assert.equal(headers.get("x-powered-by"), null);
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
