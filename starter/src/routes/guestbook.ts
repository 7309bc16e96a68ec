import { randomUUID } from "node:crypto";
import { Database, del, get, post, type Row } from "tina4-ts";

const NEWEST = "SELECT id, name, message, created_at FROM entries ORDER BY created_at DESC LIMIT 50";
const MAX_NAME = 80;
const MAX_MESSAGE = 500;
const ERROR = `Please write a name of up to ${MAX_NAME} characters and a message of up to ${MAX_MESSAGE}.`;
/** NUL and halves of surrogate pairs, which not every database can store. */
const UNSTORABLE = /\0|\p{Cs}/u;

get("/", async () => ({ entries: await newestEntries() })).template("guestbook.twig");

// Strangers may write here, so it stands in tina4.allow.json. `.csrf()`: only by the form that this site has printed.
post("/entries", async (request, response) => {
  const typed = { name: readText(request.body.name), message: readText(request.body.message) };
  if (!fits(typed.name, MAX_NAME) || !fits(typed.message, MAX_MESSAGE)) {
    return response.render("guestbook.twig", { error: ERROR, ...typed, entries: await newestEntries() }, 400);
  }
  await new Database().insert("entries", { id: randomUUID(), ...typed, created_at: new Date().toISOString() });
  return response.redirect("/");
})
  .noAuth()
  .csrf()
  .middleware("RateLimiter:10");

get("/api/entries", newestEntries);

// A write that says nothing else needs a Bearer token, and this one the role too: Auth.getToken({ sub: 1, role: "admin" }).
del("/api/entries/{id:uuid}", async (request, response) => {
  const { affectedRows } = await new Database().delete("entries", { id: request.params.id });
  return affectedRows === 0 ? response.error("Entry not found", 404) : response.noContent();
}).role("admin");

function newestEntries(): Promise<Row[]> {
  return new Database().fetch(NEWEST);
}

function readText(sent: unknown): string {
  return typeof sent === "string" && !UNSTORABLE.test(sent) ? sent.trim() : "";
}

function fits(text: string, maxCharacters: number): boolean {
  return text !== "" && text.length <= maxCharacters;
}
