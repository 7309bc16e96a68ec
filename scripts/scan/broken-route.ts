// Every mistake that the framework makes hard, in one route: the control adds it to a copy of an example, and a scanner that
// does not find it has not looked.
import { Database, get } from "tina4-ts";

get("/broken", async (request, response) => {
  const name = String(request.query.name ?? "");
  const users = await new Database().fetch(`SELECT email FROM users WHERE name = '${name}'`);
  const list = users.map(({ email }) => `<li>${email}, who may be written to at any time</li>`).join("");
  return response.html(`<!doctype html><h1>${name}</h1><ul>${list}</ul>`);
});
