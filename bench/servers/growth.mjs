// As many routes with a parameter as BENCH_ROUTES says, the last of them asked for, and some of everything else.
import { addForm } from "./add-form.mjs";
import { tina4App } from "./tina4-app.mjs";

const EXTRA_ROUTES = Number(process.env.BENCH_ROUTES ?? 3) - 1;

const app = tina4App({
  TINA4_SESSION_BACKEND: "memory",
  TINA4_TRUSTED_PROXIES: "127.0.0.1/32",
  TINA4_CSRF_SINGLE_USE: false,
});
for (let index = 0; index < EXTRA_ROUTES; index += 1) {
  app.get(`/area-${index}/items/{id:int}`, (request) => ({ id: request.params.id }));
}
app.get("/last/items/{id:int}", (request) => ({ id: request.params.id }));
app.get("/me", { secure: true }, (request) => ({ id: request.user.user_id }));
app.post("/orders", (request) => ({ got: request.body, user: request.user?.user_id }));
app.get("/visit", (request) => ({ visitor: request.session.get("visitor") ?? null }));
addForm(app);
await app.listen();
