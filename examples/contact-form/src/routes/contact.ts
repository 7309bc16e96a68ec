import { Database, get, post } from "tina4-ts";

const TITLE = "Contact Us";
const MAX_CHARACTERS = 5000;
/** NUL and halves of surrogate pairs, which not every database can store. */
const UNSTORABLE = /\0|\p{Cs}/u;

get("/", (_request, response) => response.redirect("/contact"));
get("/contact", () => ({ title: TITLE })).template("contact.twig");
get("/contact/thanks", () => ({})).template("thanks.twig");

post("/api/contact", async (request, response) => {
  const typed = {
    name: readText(request.body.name),
    email: readText(request.body.email),
    message: readText(request.body.message),
  };
  const error = problemWith(Object.values(typed));
  if (error !== undefined) {
    return request.wants("html")
      ? response.render("contact.twig", { title: TITLE, error, ...typed }, 400)
      : response.json({ error }, 400);
  }
  await new Database().insert("contact_messages", typed);

  // A page of its own, so that a reload does not send the message again.
  if (request.wants("html")) return response.redirect("/contact/thanks");
  return response.json({ success: true, message: "Thank you for your message" });
})
  .noAuth()
  .csrf()
  .middleware("RateLimiter:3");

/** A field without outer spaces; nothing, where it is not text that can be kept. */
function readText(sent: unknown): string {
  return typeof sent === "string" && !UNSTORABLE.test(sent) ? sent.trim() : "";
}

function problemWith(texts: readonly string[]): string | undefined {
  if (texts.includes("")) return "All fields are required";
  if (texts.some((text) => text.length > MAX_CHARACTERS)) return `A field takes at most ${MAX_CHARACTERS} characters`;
  return undefined;
}
