import type { SessionContent } from "./session-content.ts";

/** A session that is no more, but whose id must not be taken for an unknown one yet. */
export type SessionMark = "rotated" | "ended";

/** What the store holds under the key of a session. */
export type SessionRecord =
  | {
      readonly mark: SessionMark;
      /** The key of the session that goes on after a rotation. */
      readonly successor?: string | undefined;
    }
  | {
      readonly mark?: undefined;
      readonly content: SessionContent;
      /** The key of the session that this one continues. It counts only once that one is no longer live. */
      readonly replaces?: string | undefined;
    };

/** Writes a record as the JSON text that a store keeps. */
export function writeRecord(record: SessionRecord): string {
  if (record.mark !== undefined) return JSON.stringify(record);
  const { createdAt, data, flash, claims, tied } = record.content;
  return JSON.stringify({
    createdAt,
    data: Object.fromEntries(data),
    flash: Object.fromEntries(flash),
    claims,
    tied: Object.fromEntries(tied),
    replaces: record.replaces,
  });
}

/**
 * Reads a record that a store kept, which somebody else may have written.
 *
 * @returns `null` when it is no JSON, has another shape than `writeRecord` gives it, or names a prototype anywhere.
 * @see CWE-502, CWE-1321
 */
export function readRecord(text: string): SessionRecord | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, text.includes("__proto__") || text.includes("\\u") ? refusePrototype : undefined);
  } catch {
    return null;
  }
  if (!isObject(parsed)) return null;
  const { mark, successor, createdAt, data, flash, claims, tied, replaces } = parsed;
  if (mark === "rotated" || mark === "ended") return { mark, successor: textOrNothing(successor) };
  if (typeof createdAt !== "number" || !isObject(data) || !isObject(flash)) return null;
  if (!isObject(claims) || !isObject(tied)) return null;
  const ties = mapOf(tied);
  if (!areNumbers(ties)) return null;
  const content = { createdAt, data: mapOf(data), flash: mapOf(flash), claims, tied: ties };
  return { content, replaces: textOrNothing(replaces) };
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("A record names a prototype.");
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Of these few names a loop is several times faster than `Object.entries`, and every request with a session comes here. */
function mapOf(members: Record<string, unknown>): Map<string, unknown> {
  const map = new Map<string, unknown>();
  for (const name in members) if (Object.hasOwn(members, name)) map.set(name, members[name]);
  return map;
}

function areNumbers(map: Map<string, unknown>): map is Map<string, number> {
  for (const value of map.values()) if (!Number.isFinite(value)) return false;
  return true;
}
