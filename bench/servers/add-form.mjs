/** A form that belongs to a session, and is taken with its token. */
export function addForm(app) {
  app.get("/form", (request, response) => {
    request.session.set("visitor", 42);
    return response.header("X-Form-Token", request.formToken()).text("");
  });
  app
    .post("/form", ({ body, session }) => ({ name: body.name, visitor: session.get("visitor") }))
    .noAuth()
    .csrf();
}
