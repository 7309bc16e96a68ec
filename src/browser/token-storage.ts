import { page } from "./page.ts";

/**
 * Where the page wants its Bearer token kept: `<html data-frond-token-storage="local">`, or the same on the script.
 *
 * In `localStorage` a token outlives the page, and every script of this origin can read it at any later time. So it is kept there
 * on demand only.
 *
 * @returns `null` for memory, also where the browser refuses storage.
 */
export function tokenStorage(): Storage | null {
  if (!page.roots().some((root) => page.attribute(root, "data-frond-token-storage") === "local")) return null;
  try {
    return localStorage;
  } catch {
    return null;
  }
}
