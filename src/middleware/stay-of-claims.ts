import type { Claims } from "../claims.ts";
import type { EndOfStay } from "../http/end-of-stay.ts";
import type { Services } from "./services.ts";

export const LOGGED_OUT: Readonly<NonNullable<ReturnType<EndOfStay>>> = { code: 1008, reason: "logged out" };
const EXPIRED = { code: 1008, reason: "expired" };

/** How long a WebSocket may stay open by what a token or a ticket says: until its time is over, or it is revoked. */
export function stayOfClaims(claims: Claims, { now, revocations }: Services): EndOfStay {
  return () => {
    if (claims.exp !== undefined && claims.exp * 1000 <= now()) return EXPIRED;
    return revocations?.isRevoked(claims) ? LOGGED_OUT : undefined;
  };
}
