// The application that is attacked, as a process of its own: settings come from the environment, the project's folder
// is the argument, and the first line of its output says where it listens.
import {
  createApp,
  escapeLike,
  type MiddlewareFunction,
  type Request,
  type Response,
  requireApiKey,
  type StreamSource,
} from "tina4-ts";

const [root = "."] = process.argv.slice(2);
const app = createApp({ root });
const entered: string[] = [];

/** A handler that notes that it ran, and says for whom. */
const note = (name: string) => (request: Request) => {
  entered.push(name);
  return { entered: name, sub: request.user?.sub ?? null };
};

const guard: MiddlewareFunction = (_request, response) => {
  entered.push("guard");
  return response.error("guarded", 401);
};

const twice: MiddlewareFunction = async (request, response, next) => {
  await next(request, response);
  return next(request, response);
};

/** What ran since the last question, and whether anything was written to the prototype of all objects. */
app
  .get("/after", () => ({ entered: entered.splice(0), prototype: Object.getOwnPropertyNames(Object.prototype).length }))
  .middleware("RateLimiter:1000000");

addPublicRoutes();
addGuardedRoutes();
addTokenRoutes();
addSessionRoutes();
addAnswers();
addPages();
await addDatabase();
addSockets();
const { port } = await app.listen({ host: "127.0.0.1" });
console.log(`listening ${port}`);

function addPublicRoutes(): void {
  app.get("/open", ({ user }) => ({ sub: user?.sub ?? null }));
  app.post("/noauth", note("noauth")).noAuth();
  app.post("/contact", note("contact")).noAuth().csrf();
  app.post("/hook", note("hook")).noAuth().crossSite();
  app.get("/go", (request, response) => response.redirect(String(request.query.to)));
  app.get("/back", (request, response) => response.redirect(request.safeRedirect("to", "/open")));
  const echo = ({ method, body, query, params, ip, secure, host, id, user }: Request): object => {
    entered.push("echo");
    return { method, body, query, params, ip, secure, host, id, isAdmin: user?.isAdmin ?? null };
  };
  app.any("/echo", echo).noAuth();
  app.any("/echo/{id}", echo).noAuth();
  const upload = ({ files }: Request): object => {
    entered.push("upload");
    return { names: Object.values(files).map((file) => (Array.isArray(file) ? file[0] : file)?.name ?? null) };
  };
  app.post("/upload", upload).noAuth().upload();
  app
    .post("/guess", (_request, response) => response.error("Invalid credentials", 401))
    .noAuth()
    .middleware("LoginThrottle:5");
  app.post("/limited", note("limited")).noAuth().middleware("RateLimiter:3");
  app
    .post("/password", async ({ body }) => ({
      hash: await app.auth.hashPassword((body as { password: string }).password),
    }))
    .noAuth();
  app.post("/partner", note("partner")).noAuth().middleware(requireApiKey());
}

function addGuardedRoutes(): void {
  app.get("/me", note("me")).secure();
  app.post("/write", note("write"));
  for (const verb of ["post", "put", "patch", "delete"] as const) {
    app[verb]("/form", note("form")).secure({ session: true });
  }
  app.get("/role", note("role")).role("admin");
  app.group("/admin", { middleware: guard }, () => {
    app.get("/", note("admin"));
    app.post("/open", note("admin")).noAuth();
  });
  app.get("/administrator", note("administrator"));
  app.get("/guarded.txt", note("guarded")).secure();
}

function addTokenRoutes(): void {
  const FOR_SESSIONS = { session: true };
  app.get("/tied", (request) => ({ token: app.auth.getToken({ sub: 1 }, { request }) })).secure(FOR_SESSIONS);
  app.get("/pair", (request) => app.auth.issueTokens({ sub: 1 }, { request })).secure(FOR_SESSIONS);
  app.get("/ticket", async () => ({ ticket: await app.auth.getSocketTicket({ sub: 1 }) })).secure(FOR_SESSIONS);
  const refresh = async ({ body }: Request): Promise<object> => {
    return { pair: await app.auth.refreshTokens((body as { refreshToken: string }).refreshToken) };
  };
  app.post("/refresh", refresh).noAuth();
  const revoke = async ({ user }: Request): Promise<object> => {
    await app.auth.revokeAll(user?.sub as number);
    return {};
  };
  app.post("/revoke", revoke);
}

function addSessionRoutes(): void {
  const login = async (request: Request): Promise<object> => {
    entered.push("login");
    await app.auth.login(request, { sub: (request.body as { user: string }).user });
    return { sub: request.user?.sub ?? null };
  };
  app.post("/api/login", login).noAuth();
  const logout = async (request: Request): Promise<object> => {
    entered.push("logout");
    await app.auth.logout(request);
    return {};
  };
  app.post("/api/logout", logout).noAuth();
  const keep = ({ session, body }: Request): object => {
    const { key, value } = body as { key: string; value: unknown };
    session.set(key, value);
    return { value: session.get(key) ?? null };
  };
  app.post("/session", keep).noAuth();
  app.get("/session", ({ session, query }) => ({ value: session.get(String(query.key)) ?? null }));
}

function addAnswers(): void {
  const faults: Readonly<Record<string, () => unknown>> = {
    error: () => new Error("SELECT secret FROM /srv/app/data.db"),
    null: () => null,
    text: () => "SELECT secret FROM /srv/app/data.db",
  };
  app.get("/throw/{what}", ({ params }) => {
    throw faults[params.what]?.();
  });
  app.get("/reject/{what}", ({ params }) => Promise.reject(faults[params.what]?.()));
  app.get("/unawaited", () => {
    void Promise.reject(new Error("nobody waits"));
    return {};
  });
  app.get("/cut", (_request, response) => response.stream(breakingStream(), "text/plain"));
  app.get("/hang", () => new Promise<never>(() => {}));
  app.get("/header", ({ query }, response) => response.header("X-Echo", String(query.value)).json({}));
  app.get("/false-length", (_request, response) => response.header("Content-Length", 3).text("abc and more"));
  app.get("/file", ({ query }, response) => response.file(query.path as string, { root: `${root}/files` }));
  app.get("/download", ({ query }, response) =>
    response.file("a.txt", { root: `${root}/files`, download: String(query.name) }),
  );
  app.get("/early", note("early")).middleware(stopAt);
  app.get("/forgets", note("forgets")).middleware(forgetful);
  app.get("/twice", note("twice")).middleware(twice);
}

async function* breakingStream(): StreamSource & AsyncGenerator<string> {
  yield "begun";
  throw new Error("after the headers were sent");
}

/** Answers itself, as `?status=` says. */
function stopAt({ query }: Request, response: Response): Response {
  return query.status === "302" ? response.redirect("/open") : response.status(Number(query.status));
}

async function forgetful(): Promise<never> {
  return undefined as never;
}

function addPages(): void {
  app.get("/page", (_request, response) => response.render("token.twig", {}));
  app.get("/nonce", (_request, response) => response.render("nonce.twig", {}));
  for (const name of ["text", "steps", "reach", "include", "names"]) {
    app.get(`/render/${name}`, ({ query }, response) => response.render(`${name}.twig`, { ...query, query }));
  }
}

async function addDatabase(): Promise<void> {
  const db = app.database("sqlite::memory:");
  await db.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, role TEXT DEFAULT 'user')");
  await db.insert("people", { name: "100% Ada" });
  const find = async ({ body }: Request): Promise<object> => {
    return { rows: await db.fetch("SELECT name FROM people WHERE name = ?", [(body as { name: string }).name]) };
  };
  app.post("/people/find", find).noAuth();
  app.get("/people/like", async ({ query }) => {
    const sql = "SELECT name FROM people WHERE name LIKE ? ESCAPE '\\'";
    return { rows: await db.fetch(sql, [`${escapeLike(String(query.name))}%`]) };
  });
  app
    .post("/people", async ({ body }) => ({ ...(await db.insert("people", body as Record<string, string>)) }))
    .noAuth();
  app.get("/people/broken", async () => ({ rows: await db.fetch("SELECT * FROM secret_table") }));
  app.post("/people/undone", undone).noAuth();

  async function undone(): Promise<object> {
    await db.transaction(async (tx) => {
      await tx.insert("people", { name: "undone" });
      throw new Error("mid-way");
    });
    return {};
  }
}

function addSockets(): void {
  app.websocket("/ws", (socket) => socket.onMessage((message) => socket.send(message)));
  app.websocket("/ws/open", (socket) => socket.onMessage((message) => socket.send(message)), { noAuth: true });
}
