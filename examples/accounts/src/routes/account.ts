import {
  Auth,
  Database,
  DatabaseError,
  get,
  type MiddlewareFunction,
  post,
  put,
  type Request,
  type Response,
} from "tina4-ts";
import { errorsOf, isPassword, type Problems, readNewPassword, readProfileChanges } from "../account-input.ts";
import { claimsOf, findUser, PROFILE, type User, userId } from "../users.ts";

const FOR_SESSIONS = { session: true, loginPath: "/login" };

/** Lets in whoever is logged in, and says how to send a token. On writes the framework's own gate has answered before. */
const authMiddleware: MiddlewareFunction = (request, response, next) => {
  if (request.user !== null) return next(request, response);
  const error =
    request.bearerToken() === null
      ? "Authorization required. Send: Authorization: Bearer <token>"
      : "Invalid or expired token. Please login again.";
  return response.header("WWW-Authenticate", "Bearer").error(error, 401);
};

get("/dashboard", async (request, response) => {
  const user = await findUser(userId(request));
  if (user === null) return leave(request, response);
  const { name, email, role } = user;
  return response.render("dashboard.twig", { account: { name, email, role } });
}).secure(FOR_SESSIONS);

get("/account/settings", async (request, response) => {
  const user = await findUser(userId(request));
  if (user === null) return leave(request, response);
  return showSettings({ request, response, user }, { message: request.session.flash("message") });
}).secure(FOR_SESSIONS);

get("/api/profile", async (request, response) => {
  const user = await new Database().fetchOne(PROFILE, [userId(request)]);
  return user === null ? response.error("User not found", 404) : response.json(user);
}).middleware(authMiddleware);

/** Programs PUT, with a token; the forms of the settings post, as that is all that a form can. */
put("/api/profile", changeProfile).secure(FOR_SESSIONS);
post("/api/profile", changeProfile).secure(FOR_SESSIONS);
put("/api/profile/password", changePassword).secure(FOR_SESSIONS).middleware("LoginThrottle:5");
post("/api/profile/password", changePassword).secure(FOR_SESSIONS).middleware("LoginThrottle:5");

async function changeProfile(request: Request, response: Response) {
  const user = await findUser(userId(request));
  if (user === null) return response.error("User not found", 404);
  const exchange = { request, response, user };

  const { changes, problems } = readProfileChanges(request.body);
  const errors = errorsOf(problems);
  if (errors.length > 0) return refuse(exchange, problems, { errors }, 400);

  const db = new Database();
  try {
    if (Object.keys(changes).length > 0) await db.update("users", changes, { id: user.id });
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === "unique")) throw error;
    const taken = "Email already in use by another account";
    return refuse(exchange, { email: taken }, { error: taken }, 409);
  }
  return accept(exchange, { message: "Profile updated", user: await db.fetchOne(PROFILE, [user.id]) });
}

async function changePassword(request: Request, response: Response) {
  const user = await findUser(userId(request));
  if (user === null) return response.error("User not found", 404);
  const exchange = { request, response, user };

  const { current_password, new_password } = request.body;
  if (!isPassword(current_password) || !new_password) {
    const missing = "Current password and new password are required";
    return refuse(exchange, { current_password: missing }, { error: missing }, 400);
  }
  const problems: Problems = {};
  const password = readNewPassword("new_password", "New password", new_password, problems);
  if (problems.new_password !== undefined) return refuse(exchange, problems, { error: problems.new_password }, 400);

  if (!(await replacePassword(user, current_password, password))) {
    const wrong = "Current password is incorrect";
    return refuse(exchange, { current_password: wrong }, { error: wrong }, 401);
  }
  await endOtherLogins(request, user);
  return accept(exchange, { message: "Password changed successfully" });
}

/** @returns `false` where the current password is wrong, or has been replaced while it was being checked. */
async function replacePassword({ id, password_hash }: User, current: string, next: string): Promise<boolean> {
  if (!(await Auth.checkPassword(current, password_hash))) return false;
  const changes = { password_hash: await Auth.hashPassword(next) };
  const { affectedRows } = await new Database().update("users", changes, { id, password_hash });
  return affectedRows === 1;
}

/** Whoever knows only the old password is out. The session that knows the new one goes on, under another id. */
async function endOtherLogins(request: Request, user: User): Promise<void> {
  const hasSession = request.session.get("user_id") === user.id;
  await Auth.revokeAll(user.id);
  if (hasSession) await Auth.login(request, claimsOf(user));
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly user: User;
}

/** A browser goes back to the settings, which say how it went; a program gets the answer. */
function accept(
  { request, response }: Exchange,
  answer: { readonly message: string; readonly user?: unknown },
): Response {
  if (!request.wants("html")) return response.json(answer);
  request.session.flash("message", answer.message);
  return response.redirect("/account/settings");
}

/** A browser gets its form back, with what is wrong beside each field; a program gets the answer alone. */
async function refuse(exchange: Exchange, problems: Problems, answer: object, status: number) {
  if (!exchange.request.wants("html")) return exchange.response.json(answer, status);
  return showSettings(exchange, { problems, typed: exchange.request.body }, status);
}

function showSettings({ response, user: { name, email } }: Exchange, shown: object, status = 200) {
  return response.render("settings.twig", { account: { name, email }, ...shown }, status);
}

/** Nobody has the session of an account that is gone. */
async function leave(request: Request, response: Response): Promise<Response> {
  await Auth.logout(request);
  return response.redirect("/login");
}
