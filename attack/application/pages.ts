import type { Application } from "tina4-ts";

/** Pages that hold what a client has sent. */
export function addPages(app: Application): void {
  app.get("/page", (_request, response) => response.render("token.twig", {}));
  app.get("/nonce", (_request, response) => response.render("nonce.twig", {}));
  for (const name of ["text", "steps", "reach", "call", "self", "include", "names"]) {
    app.get(`/render/${name}`, ({ query }, response) => response.render(`${name}.twig`, { ...query, query }));
  }
}
