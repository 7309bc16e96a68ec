import { type Application, escapeLike, type Request } from "tina4-ts";
import { z } from "zod";

const SORTED = z.object({ sort: z.enum(["id", "name"]), limit: z.coerce.number().int().min(1).max(100) });

/** A database, and handlers that hand it what a client has sent. */
export async function addPeople(app: Application): Promise<void> {
  const db = app.database("sqlite::memory:");
  await db.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, role TEXT DEFAULT 'user')");
  await db.insert("people", { name: "100% Ada" });
  const find = async ({ body }: Request): Promise<object> => {
    return { rows: await db.fetch("SELECT name FROM people WHERE name = ?", [(body as { name: string }).name]) };
  };
  app.post("/people/find", find).noAuth();
  const add = async ({ body }: Request): Promise<object> => db.insert("people", body as Record<string, string>);
  app.post("/people", add).noAuth();
  const undone = (): Promise<object> =>
    db.transaction(async (tx) => {
      await tx.insert("people", { name: "undone" });
      throw new Error("mid-way");
    });
  app.post("/people/undone", undone).noAuth();
  app.get("/people/like", async ({ query }) => {
    const sql = "SELECT name FROM people WHERE name LIKE ? ESCAPE '\\'";
    return { rows: await db.fetch(sql, [`${escapeLike(String(query.name))}%`]) };
  });
  app.get("/people/sorted", { query: SORTED }, async ({ query: { sort, limit } }) => {
    return { rows: await db.fetch(`SELECT name FROM people ORDER BY ${sort} LIMIT ?`, [limit]) };
  });
  app.get("/people/broken", async () => ({ rows: await db.fetch("SELECT * FROM secret_table") }));
}
