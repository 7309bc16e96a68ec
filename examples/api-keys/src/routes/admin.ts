import { del, get, group, post, requireRole } from "tina4-ts";
import { addKey, deactivateKey, listKeys } from "../api-keys.ts";
import { NewKeySchema } from "../new-key.ts";

/** With a token whose role is admin; any other token is answered with 403. */
group("/admin", { middleware: requireRole("admin") }, () => {
  post("/api-keys", { body: NewKeySchema }, async (request, response) => {
    const key = await addKey(request.body.name);
    return response.json({ message: "API key created", key }, 201);
  });

  get("/api-keys", async () => {
    const keys = await listKeys();
    return { keys, count: keys.length };
  }).secure();

  del("/api-keys/{id:int}", async (request, response) =>
    (await deactivateKey(request.params.id))
      ? response.json({ message: "API key deactivated" })
      : response.error("API key not found", 404),
  );
});
