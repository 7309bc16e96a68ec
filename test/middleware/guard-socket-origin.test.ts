import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";

describe("guardSocketOrigin", () => {
  it("logs whose page was turned away, by the first hundred characters of what it says", async (test) => {
    const { app, log } = newApp({ TINA4_SESSION_BACKEND: "memory" });
    app.websocket("/ws", () => undefined).noAuth();
    const client = await testClient(app);
    test.after(() => client.close());
    const origins = ["https://evil.example", `https://${"a".repeat(92)}`, `https://${"a".repeat(93)}`];
    for (const origin of origins) assert.equal((await client.websocket("/ws", { origin })).status, 403);
    assert.deepEqual(
      log.entries.map(({ reason }) => reason),
      ["origin https://evil.example", `origin ${origins[1]}`, `origin ${origins[1]}`],
    );
  });
});
