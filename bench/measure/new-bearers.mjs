import { bearerOf } from "./scenarios.mjs";

/** More than any server remembers. */
const DIFFERENT_TOKENS = 10_000;

/** A scenario: GET /me, with ten thousand tokens in turn. */
export function newBearers() {
  const requests = Array.from({ length: DIFFERENT_TOKENS }, (_, id) => ({ path: "/me", headers: bearerOf(id) }));
  let sent = 0;
  return () => {
    sent += 1;
    return requests[sent % DIFFERENT_TOKENS];
  };
}
