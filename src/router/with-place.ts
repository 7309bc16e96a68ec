import { Tina4Error } from "../errors.ts";

/**
 * Does what may refuse a registration.
 *
 * @param where The route, as errors name it: `GET /users (src/routes/users.ts:3)`.
 * @throws {Tina4Error} What was thrown, behind the name of the route.
 */
export function withPlace<Result>(where: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Tina4Error)) throw error;
    throw new Tina4Error(error.code, `${where}: ${error.message}`, { cause: error });
  }
}
