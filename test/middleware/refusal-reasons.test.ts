import assert from "node:assert/strict";
import { it } from "node:test";
import { newApp } from "../app/test-app.ts";

it("says in the log, and to nobody else, why a form was refused", async () => {
  const { app, log } = newApp({ TINA4_SESSION_BACKEND: "memory" });
  app
    .post("/form", () => ({}))
    .noAuth()
    .csrf();
  const reasons = [];
  for (const [path, headers] of [
    ["/form", {}],
    ["/form?formToken=secret", {}],
    ["/form", { "X-Form-Token": "secret" }],
    ["/form", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
    ["/form", { Referer: "https://evil.example/?token=secret" }],
  ] as const) {
    const answer = await app.dispatch({ method: "POST", path, headers: { Host: "localhost", ...headers } });
    const { reason } = JSON.parse(log.lines.at(-1) ?? "{}");
    assert.equal((await answer.text()).includes(reason), false);
    reasons.push(reason);
  }
  assert.deepEqual(reasons, [
    "no form token came, and this route asks for one; {{ form_token() }} prints it into a form",
    "a form token stands in the query",
    "a form token is not ours, not of this session, or too old",
    "sec-fetch-site cross-site, origin https://evil.example",
    "the referer is another site",
  ]);
  assert.equal(log.lines.join("").includes("secret"), false);
  await app.close();
});
