import { Tina4Error } from "../errors.ts";
import { ownText } from "../http/own-text.ts";
import type { Request } from "../http/request.ts";
import type { MiddlewareFunction } from "../pipeline/middleware.ts";
import type { LoginAttempt, LoginTarget, LoginThrottle as Throttle } from "../rate-limit/login-throttle.ts";
import { rateLimitError } from "./rate-limited.ts";

const DEFAULT_LIMIT = 5;
const WHOLE_NUMBER = /^[1-9]\d{0,7}$/;
const FAILED_STATUS = 401;
const NAME_FIELDS = ["email", "username"];

/**
 * Middleware that slows down who guesses passwords: five failed attempts a minute for each account and address, and ten
 * times that for each address. `"LoginThrottle:3"` allows three.
 *
 * An attempt has failed when the answer that leaves is 401; every other answer counts for nothing. Its account is what
 * `body.email` and `body.username` name, and the subject of `request.user`; each list that holds it counts by itself.
 *
 * @example
 * ```ts
 * import { LoginThrottle, post } from "tina4-ts";
 * post("/api/login", (_request, response) => response.error("Invalid credentials", 401)).noAuth().middleware(LoginThrottle);
 * ```
 * @see CWE-307
 */
export const LoginThrottle: MiddlewareFunction = Object.defineProperty(
  () => {
    throw new Tina4Error(
      "MIDDLEWARE_INVALID",
      "LoginThrottle belongs into a middleware list; it counts nothing elsewhere.",
    );
  },
  "name",
  { value: "LoginThrottle" },
);

/** Makes the middleware for one place in a list. */
export function throttleLogins(throttle: Throttle): MiddlewareFunction {
  return (request, response, next) => {
    const enter = ({ decision, giveBack }: LoginAttempt) => {
      if (!decision.allowed) throw rateLimitError(decision);
      response.onDeparture(() => (response.statusCode === FAILED_STATUS ? undefined : giveBack()));
      return next(request, response);
    };
    const attempt = throttle.take(targetOf(request), request.ip);
    return attempt instanceof Promise ? attempt.then(enter) : enter(attempt);
  };
}

/**
 * The limit in `"LoginThrottle:5"`.
 *
 * @throws {RangeError} when it is none.
 */
export function loginLimit(argument: string | undefined): number {
  if (argument === undefined) return DEFAULT_LIMIT;
  if (WHOLE_NUMBER.test(argument)) return Number(argument);
  throw new RangeError("After the colon stands a whole number of failed attempts, 1 to 99999999.");
}

/** A body that names an account cannot hide the subject: who guesses could name another one each time. */
function targetOf({ body, user }: Request): LoginTarget {
  const names = NAME_FIELDS.flatMap((field) => ownText(body, field) ?? []);
  const subject = user?.sub ?? user?.user_id;
  return { names, subject: subject === undefined || subject === null ? undefined : String(subject) };
}
