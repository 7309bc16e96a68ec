import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { accountVisitor, newPerson } from "./account-visitor.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import {
  ASKED_FIRST,
  attack,
  FORMS_AND_FETCHES,
  type OtherOrigin,
  startOtherOrigin,
  WAYS,
  writesOf,
} from "./other-origin.ts";
import { useExample } from "./use-example.ts";

/** It needs a refresh token, which no other site has, and nothing that a browser sends on its own. */
const OPEN_TO_OTHER_SITES = "/api/refresh";

describe("a page of another origin, at examples/accounts in Chromium", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  const example = useExample("accounts", { TINA4_SESSION_BACKEND: "file" });
  let other: OtherOrigin;
  before(async () => {
    other = await startOtherOrigin();
  });
  after(() => other.stop());

  /** Every account and every session, byte by byte. */
  async function everything(): Promise<unknown> {
    const { query, folder } = example().project;
    const sessions = readdirSync(join(folder, "sessions"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), "latin1")]);
    return { accounts: await query("SELECT * FROM users ORDER BY id"), sessions: sessions.sort() };
  }

  it("changes no account and no session by any write, in whatever way it is sent", async () => {
    const { origin, project } = example();
    const person = await newPerson(example());
    const mallory = await newPerson(example());
    const { formTokens } = await project.client.page("/login");
    const { page, open, logIn, leave } = await accountVisitor(chromium, example());
    await logIn(person);
    const before = await everything();

    const writes = writesOf(project.client.app);
    assert.equal(writes.length, 9);
    for (const write of writes) {
      const fields = {
        ...mallory,
        ...(write.path === "/api/register" && { email: "another@example.com" }),
        current_password: person.password,
        new_password: "takenOver123",
        formToken: formTokens[0] ?? "",
      };
      const isPost = write.method === "POST";
      for (const from of other.origins) {
        project.logged.length = 0;
        for (const way of isPost ? WAYS : [ASKED_FIRST]) {
          await attack(page, way, { ...write, from, target: origin, fields });
          assert.deepEqual(await everything(), before, `${write.method} ${write.path} by ${way} from ${from}`);
        }
        const refused = project.logged.filter(
          (line) => line.includes("CROSS_SITE") && line.includes(`"${write.path}"`),
        );
        const isGuarded = isPost && write.path !== OPEN_TO_OTHER_SITES;
        assert.equal(refused.length, isGuarded ? FORMS_AND_FETCHES : 0, `${write.path} from ${from}`);
      }
    }
    await open("/dashboard");
    await page.getByRole("heading", { level: 1, name: `Hello, ${person.name}` }).waitFor();
    await leave();
  });
});
