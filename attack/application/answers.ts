import type { Application, MiddlewareFunction } from "tina4-ts";
import type { Notes } from "./notes.ts";

const INSIDE = "SELECT secret FROM /srv/app/data.db";

/** Handlers and middleware that fail in every way, and answers that hold what a client has sent. */
export function addAnswers(app: Application, notes: Notes): void {
  const faults: Readonly<Record<string, () => unknown>> = {
    error: () => new Error(INSIDE),
    null: () => null,
    text: () => INSIDE,
  };
  app.get("/throw/{what}", ({ params }) => {
    throw faults[params.what]?.();
  });
  app.get("/reject/{what}", ({ params }) => Promise.reject(faults[params.what]?.()));
  app.get("/unawaited", () => {
    void Promise.reject(new Error("nobody waits"));
    return {};
  });
  app.get("/cut", (_request, response) => response.stream(breakingOff(), "text/plain"));
  app.get("/hang", () => new Promise<never>(() => {}));
  app.get("/header", ({ query }, response) => response.header("X-Echo", String(query.value)).json({}));
  app.get("/false-length", (_request, response) => response.header("Content-Length", 3).text("abc and more"));
  app.get("/early", notes.handler("early")).middleware(answersFirst);
  app.get("/forgets", notes.handler("forgets")).middleware(forgets);
  app.get("/twice", notes.handler("twice")).middleware(goesOnTwice);
  addLeads(app);
}

function addLeads(app: Application): void {
  const root = `${app.root}/files`;
  app.get("/file", ({ query }, response) => response.file(query.path as string, { root }));
  app.get("/download", ({ query }, response) => response.file("a.txt", { root, download: String(query.name) }));
  app.get("/go", (request, response) => response.redirect(String(request.query.to)));
  app.get("/back", (request, response) => response.redirect(request.safeRedirect("to", "/open")));
}

async function* breakingOff(): AsyncGenerator<string> {
  yield "begun";
  throw new Error("after the headers were sent");
}

const answersFirst: MiddlewareFunction = ({ query }, response) =>
  query.status === "302" ? response.redirect("/open") : response.status(Number(query.status));

const forgets: MiddlewareFunction = () => undefined as never;

const goesOnTwice: MiddlewareFunction = async (request, response, next) => {
  await next(request, response);
  return next(request, response);
};
