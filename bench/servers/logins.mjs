import { tina4App } from "./tina4-app.mjs";

const PASSWORD = "a password that is only measured";

const app = tina4App();
const hash = await app.auth.hashPassword(PASSWORD);
app.post("/login", async () => ({ isRight: await app.auth.checkPassword(PASSWORD, hash) })).noAuth();
await app.listen();
