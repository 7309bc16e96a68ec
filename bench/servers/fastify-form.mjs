// Fastify with a session and a form token, which can be used again.
import cookie from "@fastify/cookie";
import csrf from "@fastify/csrf-protection";
import formbody from "@fastify/formbody";
import session from "@fastify/session";
import { protectedFastify } from "./protected-fastify.mjs";
import { PORT, SECRET } from "./protection.mjs";

const app = await protectedFastify();
await app.register(formbody);
await app.register(cookie);
await app.register(session, { secret: SECRET, cookie: { secure: false } });
await app.register(csrf, { sessionPlugin: "@fastify/session", getToken: ({ body }) => body.formToken });

app.get("/form", async (request, reply) => {
  request.session.visitor = 42;
  return reply.header("x-form-token", reply.generateCsrf()).send("");
});
app.post("/form", { preValidation: app.csrfProtection }, async ({ body, session: visit }) => ({
  name: body.name,
  visitor: visit.visitor,
}));
await app.listen({ port: PORT, host: "127.0.0.1" });
