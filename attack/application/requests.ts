import { type Application, type MiddlewareFunction, type Request, requireApiKey, UploadedFile } from "tina4-ts";
import type { Notes } from "./notes.ts";

/** Routes that are open, guarded, limited, and that tell what was read of a request. */
export function addRequests(app: Application, notes: Notes): void {
  const guard: MiddlewareFunction = (_request, response) => {
    notes.add("guard");
    return response.error("guarded", 401);
  };
  app.get("/open", ({ user }) => ({ sub: user?.sub ?? null }));
  app.post("/noauth", notes.handler("noauth")).noAuth();
  app.post("/hook", notes.handler("hook")).noAuth().crossSite();
  app.get("/me", notes.handler("me")).secure();
  app.get("/role", notes.handler("role")).role("admin");
  app.post("/write", notes.handler("write"));
  app.get("/guarded.txt", notes.handler("guarded")).secure();
  app.group("/admin", { middleware: guard }, () => {
    app.get("/", notes.handler("admin"));
    app.post("/open", notes.handler("admin")).noAuth();
  });
  app.get("/administrator", notes.handler("administrator"));
  app.post("/limited", notes.handler("limited")).noAuth().middleware("RateLimiter:3");
  app.post("/partner", notes.handler("partner")).noAuth().middleware(requireApiKey());
  addReaders(app, notes);
}

function addReaders(app: Application, notes: Notes): void {
  const echo = ({ method, body, query, params, ip, secure, host, user }: Request): object => {
    notes.add("echo");
    return { method, body, query, params, ip, secure, host, isAdmin: user?.isAdmin ?? null };
  };
  app.any("/echo", echo).noAuth();
  app.any("/echo/{id}", echo).noAuth();
  const upload = ({ files: { f } }: Request): object => {
    notes.add("upload");
    return { name: f instanceof UploadedFile ? f.name : null };
  };
  app.post("/upload", upload).noAuth().upload();
  app.websocket("/ws", (socket) => socket.onMessage((message) => socket.send(message)));
  app.websocket("/ws/open", (socket) => socket.onMessage((message) => socket.send(message)), { noAuth: true });
}
