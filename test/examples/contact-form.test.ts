import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { openProject, type ProjectClient } from "./project-client.ts";

const CONTACT_FORM = new URL("../../examples/contact-form/", import.meta.url);
const MINUTE_SECONDS = 60;
const JANE = { name: "Jane Smith", email: "jane@example.com", message: "How are you?" };
const NOT_TEXT: readonly unknown[] = ["", "  ", "\0", "lone \ud800 surrogate", 7, true, null, {}, ["text"]];

for (const transport of ["in-process", "socket"] as const) {
  describe(`examples/contact-form, ${transport}`, () => {
    let project: ProjectClient;

    before(async () => {
      project = await openProject(CONTACT_FORM, { transport });
    });

    after(() => project.close());
    beforeEach(() => {
      project.client.cookies.clear();
      project.clock.advance(MINUTE_SECONDS);
    });

    const messages = (): Promise<object[]> =>
      project.query("SELECT name, email, message FROM contact_messages ORDER BY id");

    async function send(json: object): Promise<{ status: number; body: unknown }> {
      const { formTokens } = await project.client.page("/contact");
      const headers = { "X-Form-Token": formTokens[0] ?? "" };
      const answer = await project.client.post("/api/contact", { json, headers });
      return { status: answer.status, body: await answer.json() };
    }

    it("keeps a message, and thanks in the words of the book", async () => {
      const thanks = { status: 200, body: { success: true, message: "Thank you for your message" } };
      assert.deepEqual(await send({ ...JANE, name: "  Jane Smith ", id: 7 }), thanks);
      assert.deepEqual({ ...(await messages()).at(-1) }, JANE);
    });

    it("asks for the form token, and keeps nothing without one", async () => {
      const kept = await messages();
      const answer = await project.client.post("/api/contact", { json: JANE });
      assert.deepEqual(
        [answer.status, await answer.text()],
        [403, '{"error":"Invalid form token. Please refresh and try again."}'],
      );
      assert.deepEqual(await messages(), kept);
    });

    it("asks for every field, as text that can be kept", async () => {
      const kept = await messages();
      const missing = { status: 400, body: { error: "All fields are required" } };
      for (const field of Object.keys(JANE)) {
        for (const wrong of [undefined, ...NOT_TEXT]) {
          project.clock.advance(MINUTE_SECONDS);
          assert.deepEqual(await send({ ...JANE, [field]: wrong }), missing, `${field} ${JSON.stringify(wrong)}`);
        }
      }
      assert.deepEqual(await messages(), kept);
    });

    it("refuses a field that is too long, and keeps one that is just not", async () => {
      const tooLong = { status: 400, body: { error: "A field takes at most 5000 characters" } };
      assert.deepEqual(await send({ ...JANE, message: "x".repeat(5001) }), tooLong);
      assert.equal((await send({ ...JANE, message: "x".repeat(5000) })).status, 200);
    });

    it("takes three posts a minute from one address, valid or not", async () => {
      const statuses = [];
      for (const name of ["Jane", "", "Jane", "Jane"]) statuses.push((await send({ ...JANE, name })).status);
      assert.deepEqual(statuses, [200, 400, 200, 429]);
      project.clock.advance(MINUTE_SECONDS);
      assert.equal((await send(JANE)).status, 200);
    });

    it("gives a browser its form back, with what was typed, escaped", async () => {
      const { formTokens } = await project.client.page("/contact");
      const form = { ...JANE, name: '"><script>alert(1)</script>', message: "", formToken: formTokens[0] ?? "" };
      const headers = { Accept: "text/html", "Sec-Fetch-Site": "same-origin" };
      const answer = await project.client.post("/api/contact", { form, headers });
      const text = await answer.text();
      assert.equal(answer.status, 400);
      assert.match(text, /role="alert">All fields are required<\/p>/);
      assert.ok(text.includes("alert(1)") && !text.includes("<script>"));
    });

    it("stores nothing about a visitor, and lets nobody keep the page", async () => {
      const { headers, text } = await project.client.page("/contact");
      assert.equal(headers.get("Cache-Control"), "no-store");
      assert.match(text, /<title>Contact Us<\/title>/);
      await send(JANE);
      assert.match(project.client.cookies.get("tina4_session") ?? "", /^\./, "an id that stands for nothing stored");
    });
  });
}
