// Fastify with the plugins that a guide to its security names, and tokens.
import jwt from "@fastify/jwt";
import { protectedFastify } from "./protected-fastify.mjs";
import { PORT, SECRET } from "./protection.mjs";

const app = await protectedFastify();
await app.register(jwt, { secret: SECRET });
const authenticated = { onRequest: async (request) => request.jwtVerify() };

app.get("/me", authenticated, async ({ user }) => ({ id: user.user_id }));
app.post("/orders", authenticated, async ({ body, user }) => ({ got: body, user: user.user_id }));
await app.listen({ port: PORT, host: "127.0.0.1" });
