import { type Claims, Database, type Request } from "tina4-ts";

export interface User {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly password_hash: string;
  readonly role: string;
}

/** What an account is told about itself. */
export const PROFILE = "SELECT id, name, email, role, created_at FROM users WHERE id = ?";
const COLUMNS = "SELECT id, name, email, password_hash, role FROM users";

export function findUserByEmail(email: string): Promise<User | null> {
  return new Database().fetchOne<User>(`${COLUMNS} WHERE email = ?`, [email]);
}

export function findUser(id: string | number | null): Promise<User | null> {
  return new Database().fetchOne<User>(`${COLUMNS} WHERE id = ?`, [accountId(id)]);
}

/** What tokens and sessions say about an account. */
export function claimsOf({ id, email, name, role }: User): Claims {
  return { user_id: id, email, name, role };
}

/** The account of the token or the session that a request came with. */
export function userId({ user }: Pick<Request, "user">): number | null {
  return accountId(user?.user_id);
}

/** Accounts are numbered: PostgreSQL would refuse to compare anything else with a number. No account has the id `null`. */
function accountId(id: unknown): number | null {
  return typeof id === "number" && Number.isSafeInteger(id) ? id : null;
}
