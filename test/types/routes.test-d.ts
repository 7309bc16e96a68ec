/** Checked by the compiler alone: what must compile, and under `@ts-expect-error` what must not. Nothing here is ever run. */
import { z } from "zod";
import {
  any,
  type Claims,
  del,
  type Fields,
  type Files,
  get,
  group,
  type ParamsOf,
  patch,
  post,
  put,
  Router,
  UploadedFile,
} from "../../src/index.ts";

type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Compiles only for a fact. */
function holds<_Fact extends true>(): void {}

interface Row {
  readonly id: number;
}

const Register = z.object({ email: z.string(), age: z.coerce.number() });

// The type of `request.params` follows from the pattern.
get("/users/{id:int}", (request) => {
  holds<Same<typeof request.params, { readonly id: number }>>();
  // @ts-expect-error: the pattern names no such parameter
  request.params.name;
  // @ts-expect-error: a parameter is what was in the path
  request.params.id = 8;
  return { id: request.params.id.toFixed() };
});
get("/{a}/{b:float}/{c:uuid}/{d:slug}/{e:path}", ({ params }) => {
  holds<
    Same<
      typeof params,
      { readonly a: string; readonly b: number; readonly c: string; readonly d: string; readonly e: string }
    >
  >();
  return params;
});
get("/plain", ({ params }) => {
  // @ts-expect-error: there is no parameter at all
  params.id;
  return "plain";
});
get("/{id:itn}", ({ params }) => {
  holds<Same<typeof params.id, never>>();
  return "never starts";
});
get(String("/{id:int}"), ({ params }) => {
  holds<Same<typeof params, Record<string, string | number>>>();
  return "a pattern that the compiler cannot see";
});
holds<Same<ParamsOf<"/a/{b:int}/{c}">, { readonly b: number; readonly c: string }>>();

// Body and query are unknown fields until a schema says what they are.
post("/orders", (request) => {
  holds<Same<typeof request.body, Fields>>();
  holds<Same<typeof request.query, Fields>>();
  // @ts-expect-error: an unknown field is no text
  request.body.note.trim();
  return request.body;
});
post("/register", { noAuth: true, body: Register }, (request, response) => {
  holds<Same<typeof request.body, { email: string; age: number }>>();
  // @ts-expect-error: the schema has no such field
  request.body.password;
  return response.json(request.body, 201);
});
get("/search/{page:int}", { query: z.object({ q: z.string() }) }, ({ query, params, body }) => {
  holds<Same<typeof query, { q: string }>>();
  holds<Same<typeof params, { readonly page: number }>>();
  holds<Same<typeof body, Fields>>();
  return query.q;
});
get("/orders/{id}", { params: z.object({ id: z.string().transform(BigInt) }) }, ({ params }) => {
  holds<Same<typeof params.id, bigint>>();
  return String(params.id);
});
// @ts-expect-error: this is no schema
post("/register", { body: { email: "string" } }, () => "never");

// The options form makes the user certain, the chain cannot.
get("/me", { secure: true }, ({ user }) => {
  holds<Same<typeof user, Claims>>();
  return { me: user.sub };
});
get("/me", { secure: { session: true, loginPath: "/login" } }, ({ user }) => ({ me: user.sub }));
get("/admin", { role: "admin" }, ({ user }) => ({ me: user.sub }));
get("/admin", { role: ["admin", "owner"] }, ({ user }) => ({ me: user.sub }));
get("/me", ({ user }) => {
  holds<Same<typeof user, Claims | null>>();
  // @ts-expect-error: there may be no user
  return { me: user.sub };
}).secure();
// @ts-expect-error: `secure: false` makes nobody certain
get("/me", { secure: false }, ({ user }) => ({ me: user.sub }));

// A handler answers with the response, a text, an object, or a promise of one.
get("/answers", (_request, response) => response({ a: 1 }, 201));
get("/answers", async (_request, response) => response.status(204));
get("/answers", async () => ["a"]);
// @ts-expect-error: a number is no answer
get("/answers", () => 7);
// @ts-expect-error: nothing is no answer
get("/answers", () => {});
// @ts-expect-error: a response has no such verb
get("/answers", (_request, response) => response.send("a"));
// @ts-expect-error: there is no handler
get("/answers");

// A page is made of the object that the handler returns, or by hand.
const row: Row = { id: 1 };
get("/page", () => row).template("page.twig");
get("/page/{id:int}", { template: "page.twig" }, async ({ params }) => ({ id: params.id.toFixed() }));
get("/page", (_request, response) => response.render("page.twig"));
get("/page", async (_request, response) => response.render("page.twig", row, 422));
// @ts-expect-error: a template has a name
get("/page", () => row).template();
// @ts-expect-error: a page shows what has a name
get("/page", (_request, response) => response.render("page.twig", "text"));

// Options and chain have the same words, and no others.
const chained = post("/chained", () => "a")
  .noAuth()
  .crossSite()
  .csrf()
  .middleware("RateLimiter:3")
  .upload({ maxFiles: 1, maxFileSize: 1000, types: ["image/*"] })
  .name("chained");
post("/chained", { upload: true }, ({ files }) => {
  holds<Same<typeof files, Files>>();
  const { photo, photos } = files;
  // @ts-expect-error: a client may send something else under this name, or nothing
  photo.size;
  if (Array.isArray(photos)) holds<Same<typeof photos, UploadedFile[]>>();
  return photo instanceof UploadedFile ? photo.name : "none";
});
// @ts-expect-error: no such option
post("/chained", () => "a").upload({ maxSize: 1 });
chained.role("admin").secure({ session: true });
// @ts-expect-error: no such mark
chained.public();
// @ts-expect-error: no such option
get("/a", { secured: true }, () => "a");
// @ts-expect-error: a mark is true or false
get("/a", { noAuth: "false" }, () => "a");
// @ts-expect-error: the marks of a route are changed by its methods only
chained.marks.noAuth = true;

// Every verb is there, alone and as a member of Router.
for (const verb of [get, post, put, patch, del, any])
  verb("/verbs/{id:int}", ({ params }) => ({ id: params.id.toFixed() }));
Router.delete("/verbs/{id:int}", ({ params }) => ({ id: params.id.toFixed() }));
group("/api", () => undefined);
group("/api", { middleware: ["RateLimiter:30", (request, response, next) => next(request, response)] }, () => {
  get("/stats", () => ({}));
});
// @ts-expect-error: no such option
group("/api", { prefix: "/v1" }, () => undefined);
