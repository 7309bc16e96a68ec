import assert from "node:assert/strict";
import type { Target } from "../target.ts";
import { bearer } from "../tokens.ts";

/** Shows each of these as a Bearer token where only a valid one lets in. */
export async function refusesBearer(target: Target, ...tokens: readonly string[]): Promise<void> {
  for (const token of tokens) {
    const { head } = await target.deny("TOKEN_INVALID", "GET", "/me", { lines: [bearer(token)] });
    assert.match(head, /^WWW-Authenticate: Bearer.*error="invalid_token"/im, token);
  }
}
