import type { MiddlewareFunction } from "./middleware.ts";

const LOCK = Symbol("lock");

/**
 * Notes on middleware that it turns strangers away by itself, so that lists of routes show a locked door where it stands. Only
 * the function itself counts: what is wrapped around it may let others in.
 *
 * @param words What it asks for: `API key`.
 */
export function withLock<Guard extends MiddlewareFunction>(guard: Guard, words: string): Guard {
  return Object.defineProperty(guard, LOCK, { value: words });
}

/** What this middleware asks for before it lets anybody in, if anything. */
export function lockOf(value: unknown): string | undefined {
  return typeof value === "function" ? (Reflect.get(value, LOCK) as string | undefined) : undefined;
}
