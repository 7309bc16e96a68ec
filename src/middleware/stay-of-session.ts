import type { EndOfStay } from "../http/end-of-stay.ts";
import type { SessionVisit } from "../session/session-visit.ts";
import { TIE_CLAIMS } from "../tokens/tie-claims.ts";
import type { Services } from "./services.ts";
import { LOGGED_OUT, stayOfClaims } from "./stay-of-claims.ts";

/** Try again later: nobody can say whether the session is still there. */
const UNKNOWN = { code: 1013, reason: "unavailable" };

/**
 * How long a WebSocket may stay open by a session: until that is destroyed or expires.
 *
 * Its end is made known as that of a token which is tied to it. So the session is only looked up when it would have expired by what was
 * known of it last; or, where no revocations are kept, as often as these would have been.
 *
 * @param visit Of the request, which is saved before the connection opens.
 * @param tie What the connection is tied to the session by.
 */
export function stayOfSession(visit: SessionVisit, tie: string, services: Services): EndOfStay {
  const { now, revocations, sessions, settings } = services;
  const endOfTie = stayOfClaims({ [TIE_CLAIMS.session]: tie, iat: Math.floor(now() / 1000) }, services);
  const lookAgainMs = settings.TINA4_REVOCATION_REFRESH * 1000;
  let nextLook = now() + lookAgainMs;
  let end: ReturnType<EndOfStay>;
  const lookUp = async (): Promise<void> => {
    const key = visit.storedKey;
    const liveUntil = key === undefined ? null : await sessions.liveUntil(key);
    if (liveUntil === null) end = LOGGED_OUT;
    else nextLook = revocations === undefined ? now() + lookAgainMs : liveUntil;
  };
  return () => {
    if (end === undefined && now() >= nextLook) {
      nextLook = Number.POSITIVE_INFINITY;
      lookUp().catch(() => {
        end = UNKNOWN;
      });
    }
    return endOfTie() ?? end;
  };
}
