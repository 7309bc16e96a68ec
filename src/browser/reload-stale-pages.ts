import type { BearerToken } from "./bearer-token.ts";
import { FORM_TOKEN_FIELDS } from "./form-tokens.ts";
import { page } from "./page.ts";

/**
 * Asks for a page anew that the browser brings back as it was left, when it holds tokens or a form on its way: meanwhile the tokens
 * may be spent, and somebody may have logged out. The server marks such pages `no-store`, which means the same.
 */
export function reloadStalePages(bearer: BearerToken): void {
  addEventListener("pageshow", ({ persisted }) => {
    const isStale =
      bearer.get() !== null || page.all(`${FORM_TOKEN_FIELDS},button[aria-busy],input[aria-busy]`).length > 0;
    if (persisted && isStale) location.reload();
  });
}
