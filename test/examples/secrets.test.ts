import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { Auth } from "tina4-ts";
import { ALICE, accountVerbs } from "./account-verbs.ts";
import { databaseDump } from "./database-dump.ts";
import { openProject, type ProjectClient } from "./project-client.ts";

const NEW_PASSWORD = "evenMoreSecure456";
const KEPT_SESSIONS = { TINA4_SESSION_BACKEND: "file" } as const;

/** Whoever has a copy of the database must not be able to log in, to go on with a session, or to use a key (CWE-312, CWE-522). */
describe("a dump of the database", () => {
  async function open(test: TestContext, name: string): Promise<ProjectClient> {
    const project = await openProject(new URL(`../../examples/${name}/`, import.meta.url), {}, KEPT_SESSIONS);
    test.after(() => project.close());
    return project;
  }

  it("of accounts holds no password, no token and no cookie", async (test) => {
    const project = await open(test, "accounts");
    const { client } = project;
    const { send, newUser } = accountVerbs(() => project);
    const { email, password, token } = await newUser();
    await send("PUT", "/api/profile/password", { current_password: password, new_password: NEW_PASSWORD }, token);
    const { formTokens } = await client.page("/login");
    const form = { email, password: NEW_PASSWORD, formToken: formTokens[0] ?? "" };
    const loggedIn = await client.post("/api/login", { form, headers: { Accept: "text/html" } });
    assert.deepEqual([loggedIn.status, loggedIn.headers.get("Location")], [303, "/dashboard"]);
    const { body } = await send("POST", "/api/login", { email, password: NEW_PASSWORD });
    const tokens = Object.values(body).filter((value) => typeof value === "string" && value.length > 30) as string[];
    assert.ok(tokens.length > 0);
    holdsNone(project, email, [password, NEW_PASSWORD, token, form.formToken, ...tokens, ...cookiesOf(loggedIn)]);
  });

  it("of API keys holds no key and no token", async (test) => {
    const project = await open(test, "api-keys");
    const token = Auth.getToken({ sub: "admin", role: "admin" });
    const made = await project.client.post("/admin/api-keys", { json: { name: "Mobile App" }, token });
    const { key } = (await made.json()) as { key: { key_value: string } };
    const used = await project.client.get("/api/data", { headers: { "X-API-Key": key.key_value } });
    assert.equal(used.status, 200);
    holdsNone(project, "Mobile App", [key.key_value, token]);
  });

  it("of a contact form holds no form token and no cookie", async (test) => {
    const project = await open(test, "contact-form");
    const page = await project.client.page("/contact");
    const form = { name: ALICE.name, email: ALICE.email, message: "Hello", formToken: page.formTokens[0] ?? "" };
    const sent = await project.client.post("/api/contact", { form, headers: { Accept: "text/html" } });
    assert.deepEqual([sent.status, sent.headers.get("Location")], [303, "/contact/thanks"]);
    holdsNone(project, ALICE.email, [form.formToken]);
  });
});

function cookiesOf({ headers }: Response): readonly string[] {
  const cookies = headers.getSetCookie().map((line) => line.replace(/^[^=]*=|;.*$/g, ""));
  assert.ok(cookies.length > 0);
  return cookies.filter((cookie) => cookie !== "");
}

/** @param known What the dump must hold, or it would be of something else. */
function holdsNone(project: ProjectClient, known: string, secrets: readonly string[]): void {
  const dump = databaseDump(project);
  assert.ok(dump.includes(known));
  for (const secret of secrets) {
    assert.ok(secret.length > 8, secret);
    for (const form of formsOf(secret)) assert.ok(!dump.includes(form), form);
  }
}

/** As it was sent, its parts, and as bytes of it would be written. */
function formsOf(secret: string): readonly string[] {
  const parts = secret.split(".").filter((part) => part.length > 16);
  return [
    secret,
    ...parts.slice(-1),
    ...["hex", "base64", "base64url"].map((code) => Buffer.from(secret).toString(code as "hex")),
  ];
}
