import { Auth, get, post, type Request, type Response } from "tina4-ts";
import { isPassword, readEmail } from "../account-input.ts";
import { claimsOf, findUser, findUserByEmail, userId } from "../users.ts";

const HOME = "/dashboard";
const WRONG = "Invalid email or password";
const REGISTERED = "Registration successful. Please log in.";

get("/", (_request, response) => response.redirect(HOME));

get("/login", (request, response) => {
  const redirect = request.safeRedirect("redirect", HOME);
  if (request.user !== null) return response.redirect(redirect);
  const message = request.query.registered === "yes" ? REGISTERED : "";
  return response.render("login.twig", { redirect, message });
});

post("/api/login", async (request, response) => {
  const email = readEmail(request.body.email);
  const { password } = request.body;
  if (email === "" || !isPassword(password)) return refuse(request, response, "Email and password are required", 400);

  const user = await findUserByEmail(email);
  // Checking against undefined takes as long as checking a wrong password, so the time does not tell who has an account.
  const isRight = await Auth.checkPassword(password, user?.password_hash);
  if (user === null || !isRight) return refuse(request, response, WRONG, 401);

  const claims = claimsOf(user);
  await Auth.login(request, claims);
  // A new password ends the logins that were there. This one came too late for that if the password was changed during the check.
  if ((await findUser(user.id))?.password_hash !== user.password_hash) {
    await Auth.logout(request);
    return refuse(request, response, WRONG, 401);
  }
  if (request.wants("html")) return response.redirect(request.safeRedirect("redirect", HOME));

  // Tied to the session, so that a logout ends them too.
  const tokens =
    request.body.remember === true
      ? await Auth.issueTokens(claims, { request })
      : { token: Auth.getToken(claims, { request }) };
  const { id, name, role } = user;
  return response.json({ message: "Login successful", ...tokens, user: { id, name, email, role } });
})
  .noAuth()
  .middleware("LoginThrottle:5");

/** For programs that were logged in with `"remember": true`. The token is all the proof there is, so no session is looked at. */
post("/api/refresh", async (request, response) => {
  const { refreshToken } = request.body;
  if (typeof refreshToken !== "string") return response.error("A refresh token is required", 400);
  const claims = async (id: string | number) => {
    const user = await findUser(id);
    return user && claimsOf(user);
  };
  const tokens = await Auth.refreshTokens(refreshToken, { claims });
  return tokens === null ? response.error("Please log in again", 401) : response.json(tokens);
})
  .noAuth()
  .crossSite()
  .middleware("RateLimiter:30");

post("/api/logout", async (request, response) => {
  await Auth.logout(request);
  return loggedOut(request, response);
}).noAuth();

post("/api/logout-everywhere", async (request, response) => {
  const id = userId(request);
  if (id !== null) await Auth.revokeAll(id);
  await Auth.logout(request);
  return loggedOut(request, response);
}).secure({ session: true, loginPath: "/login" });

/** A browser gets its form back, a program the error alone. */
async function refuse(request: Request, response: Response, error: string, status: number) {
  if (!request.wants("html")) return response.error(error, status);
  const redirect = request.safeRedirect("redirect", HOME);
  const email = readEmail(request.body.email);
  return response.render("login.twig", { redirect, email, error }, status);
}

function loggedOut(request: Request, response: Response): Response {
  return request.wants("html") ? response.redirect("/login") : response.json({ logged_out: true });
}
