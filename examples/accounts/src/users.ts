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

/** No account has the id `null`. */
export function findUser(id: string | number | null): Promise<User | null> {
  return new Database().fetchOne<User>(`${COLUMNS} WHERE id = ?`, [id]);
}

/** What tokens and sessions say about an account. */
export function claimsOf({ id, email, name, role }: User): Claims {
  return { user_id: id, email, name, role };
}

/** The account of the token or the session that a request came with. */
export function userId({ user }: Pick<Request, "user">): string | number | null {
  return user?.user_id ?? null;
}
