import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openProject, type ProjectClient } from "./project-client.ts";

const PARTNER_API = new URL("../../examples/partner-api/", import.meta.url);
const KEYS = ["key-alpha-001", "key-beta-002", "key-gamma-003"];
const REQUIRED = { status: 401, body: { error: "API key required" } };

async function ask(project: ProjectClient, path: string, key?: string) {
  const answer = await project.client.get(path, key === undefined ? {} : { headers: { "X-API-Key": key } });
  return { status: answer.status, body: await answer.json() };
}

for (const transport of ["in-process", "socket"] as const) {
  describe(`examples/partner-api, ${transport}`, () => {
    let project: ProjectClient;

    before(async () => {
      project = await openProject(PARTNER_API, { transport }, { API_KEYS: KEYS.join(",") });
    });
    after(() => project.close());

    it("gives partners its data and its figures, and says which key they used", async () => {
      const data = [
        { id: 1, value: "alpha" },
        { id: 2, value: "beta" },
      ];
      const stats = { total_requests: 1423, avg_response_ms: 42 };
      for (const key of KEYS) {
        const authenticated_with = key;
        assert.deepEqual(await ask(project, "/api/partner/data", key), {
          status: 200,
          body: { authenticated_with, data },
        });
        assert.deepEqual(await ask(project, "/api/partner/stats", key), {
          status: 200,
          body: { authenticated_with, stats },
        });
      }
    });

    it("refuses no key and a wrong one (F01)", async () => {
      for (const path of ["/api/partner/data", "/api/partner/stats"]) {
        assert.deepEqual(await ask(project, path), REQUIRED);
        assert.deepEqual(await ask(project, path, ""), REQUIRED);
        for (const key of ["wrong-key", KEYS.join(), "key-alpha-00", ","]) {
          assert.deepEqual(await ask(project, path, key), { status: 403, body: { error: "Invalid API key" } });
        }
      }
    });

    it("says at the start that its keys are short, and writes none into the log", () => {
      const log = project.logged.join("\n");
      assert.match(log, /API_KEYS has a key of under 32 characters/);
      for (const key of KEYS) assert.ok(!log.includes(key));
    });
  });
}

describe("examples/partner-api without API_KEYS", () => {
  for (const API_KEYS of [undefined, "", " , "]) {
    it(`answers 401 to everybody, with a key too: ${JSON.stringify(API_KEYS)}`, async () => {
      const project = await openProject(PARTNER_API, {}, { API_KEYS });
      for (const key of [undefined, "", ",", "undefined", ...KEYS]) {
        assert.deepEqual(await ask(project, "/api/partner/data", key), REQUIRED);
        assert.deepEqual(await ask(project, "/api/partner/stats", key), REQUIRED);
      }
      await project.close();
    });
  }
});
