import { ORIGIN } from "./protection.mjs";
import { tina4App } from "./tina4-app.mjs";

const app = tina4App({ TINA4_CORS_ORIGINS: ORIGIN, TINA4_FRESH_TOKEN: false });
app.get("/me", { secure: true }, (request) => ({ id: request.user.user_id }));
app.post("/orders", (request) => ({ got: request.body, user: request.user?.user_id }));
await app.listen();
