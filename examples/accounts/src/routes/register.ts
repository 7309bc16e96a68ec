import { Auth, Database, DatabaseError, get, post, type Request, type Response } from "tina4-ts";
import { errorsOf, type Problems, readRegistration } from "../account-input.ts";
import { PROFILE } from "../users.ts";

const TAKEN = "Email already registered";

get("/register", (request, response) => response.render("register.twig", { redirect: destination(request) }));

post("/api/register", async (request, response) => {
  const { registration, problems } = readRegistration(request.body);
  const errors = errorsOf(problems);
  if (errors.length > 0) return refuse(request, response, problems, { errors }, 400);

  const { name, email, password } = registration;
  const db = new Database();
  const existing = await db.fetchOne("SELECT id FROM users WHERE email = ?", [email]);
  if (existing !== null) return refuse(request, response, { email: TAKEN }, { error: TAKEN }, 409);

  const password_hash = await Auth.hashPassword(password);
  try {
    const { lastId } = await db.insert("users", { name, email, password_hash });
    if (request.wants("html")) {
      const query = new URLSearchParams({ registered: "yes", redirect: destination(request) });
      return response.redirect(`/login?${query}`);
    }
    const user = await db.fetchOne(PROFILE, [lastId]);
    return response.json({ message: "Registration successful", user }, 201);
  } catch (error) {
    // Somebody else took the address while the password was being hashed.
    if (!(error instanceof DatabaseError && error.code === "unique")) throw error;
    return refuse(request, response, { email: TAKEN }, { error: TAKEN }, 409);
  }
})
  .noAuth()
  .middleware("RateLimiter:30");

/** A browser gets its form back, with what is wrong beside each field; a program gets the answer alone. */
async function refuse(request: Request, response: Response, problems: Problems, answer: object, status: number) {
  if (!request.wants("html")) return response.json(answer, status);
  const { name, email } = request.body;
  return response.render("register.twig", { redirect: destination(request), name, email, problems }, status);
}

/** Where they wanted to go before they were asked to log in. */
function destination(request: Request): string {
  return request.safeRedirect("redirect", "/dashboard");
}
