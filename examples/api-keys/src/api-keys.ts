import { type ApiKeyGuard, type ApiKeyRecord, createApiKey, Database, requireApiKey } from "tina4-ts";

/** A key as administrators see it: not the key itself, which nobody but its bearer has. */
export interface ApiKey {
  readonly id: number;
  readonly name: string;
  readonly prefix: string;
  readonly last_four: string;
  readonly is_active: number;
  /** Requests in any minute. */
  readonly rate_limit: number;
  readonly request_count: number;
  readonly last_used_at: string | null;
  readonly created_at: string;
}

/** A key as `requireApiKey` judges it. */
interface KnownKey extends ApiKeyRecord {
  readonly id: number;
  readonly name: string;
}

const SELECT =
  "SELECT id, name, prefix, last_four, is_active, rate_limit, request_count, last_used_at, created_at FROM api_keys";

/** Lets in who has an active key, as often in a minute as it may, and counts. */
export const requireKey: ApiKeyGuard<KnownKey> = requireApiKey<KnownKey>({ find: findByHash, onUse: countUse });

/** @returns the row, and the key itself for the only time. */
export async function addKey(name: string): Promise<ApiKey & { readonly key_value: string }> {
  const { key, hash, prefix, lastFour } = createApiKey();
  const db = new Database();
  const created_at = new Date().toISOString();
  await db.insert("api_keys", { name, key_hash: hash, prefix, last_four: lastFour, created_at });
  const row = await db.fetchOne<ApiKey>(`${SELECT} WHERE key_hash = ?`, [hash]);
  if (row === null) throw new Error("The key that was just added is gone.");
  return { ...row, key_value: key };
}

export function listKeys(): Promise<ApiKey[]> {
  return new Database().fetch<ApiKey>(`${SELECT} ORDER BY created_at DESC, id DESC`);
}

/** @returns `false` where there is no such key. */
export async function deactivateKey(id: number): Promise<boolean> {
  const db = new Database();
  if ((await db.fetchOne("SELECT id FROM api_keys WHERE id = ?", [id])) === null) return false;
  await db.update("api_keys", { is_active: 0 }, { id });
  return true;
}

async function findByHash(hash: string): Promise<KnownKey | null> {
  const row = await new Database().fetchOne<ApiKey>(`${SELECT} WHERE key_hash = ?`, [hash]);
  return row && { id: row.id, name: row.name, isActive: row.is_active === 1, rateLimit: row.rate_limit };
}

/** The database counts, in one statement: a hundred requests at once are a hundred. */
async function countUse({ id }: KnownKey): Promise<void> {
  const sql = "UPDATE api_keys SET last_used_at = ?, request_count = request_count + 1 WHERE id = ?";
  await new Database().execute(sql, [new Date().toISOString(), id]);
}
