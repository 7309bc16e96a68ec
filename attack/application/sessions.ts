import type { Application, Request } from "tina4-ts";
import type { Notes } from "./notes.ts";

const FOR_SESSIONS = { session: true };

/** Logins, sessions, and every kind of token. */
export function addSessions(app: Application, notes: Notes): void {
  const login = async (request: Request): Promise<object> => {
    notes.add("login");
    await app.auth.login(request, { sub: (request.body as { user: string }).user });
    return { sub: request.user?.sub ?? null };
  };
  app.post("/api/login", login).noAuth();
  const logout = async (request: Request): Promise<object> => {
    notes.add("logout");
    await app.auth.logout(request);
    return {};
  };
  app.post("/api/logout", logout).noAuth();
  for (const verb of ["post", "put", "patch", "delete"] as const) {
    app[verb]("/form", notes.handler("form")).secure(FOR_SESSIONS);
  }
  const keep = ({ session, body }: Request): object => {
    const { key, value } = body as { key: string; value: unknown };
    session.set(key, value);
    return { value: session.get(key) ?? null };
  };
  app.post("/session", keep).noAuth();
  app.get("/session", ({ session, query }) => ({ value: session.get(String(query.key)) ?? null }));
  addTokens(app);
  addPasswords(app);
}

function addTokens(app: Application): void {
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

function addPasswords(app: Application): void {
  const wrong = app.post("/guess", (_request, response) => response.error("Invalid credentials", 401));
  wrong.noAuth().middleware("LoginThrottle:5");
  const hash = async ({ body }: Request): Promise<object> => {
    return { hash: await app.auth.hashPassword((body as { password: string }).password) };
  };
  app.post("/password", hash).noAuth();
}
