import { addForm } from "./add-form.mjs";
import { ORIGIN } from "./protection.mjs";
import { tina4App } from "./tina4-app.mjs";

const app = tina4App({
  TINA4_SESSION_BACKEND: process.env.BENCH_SESSION_BACKEND ?? "memory",
  TINA4_CORS_ORIGINS: ORIGIN,
  TINA4_FRESH_TOKEN: process.env.BENCH_FRESH_TOKEN ?? "true",
  TINA4_CSRF_SINGLE_USE: process.env.BENCH_SINGLE_USE ?? "true",
});
app.get("/me", { secure: true }, (request) => ({ id: request.user.user_id }));
addForm(app);
await app.listen();
