import { type Claims, subjectOf } from "../claims.ts";
import { randomId } from "../crypto/random-id.ts";
import type { Request } from "../http/request.ts";
import type { Services } from "./services.ts";

const TIE_BYTES = 16;

/** What tokens are tied to a session by: a name that opens nothing, given at the first need, which goes with the session from id to id. */
export class SessionTies {
  readonly #now: () => number;
  readonly #lifetimeMs: number;

  constructor({ now, settings }: Pick<Services, "now" | "settings">) {
    const { TINA4_TOKEN_EXPIRES_IN, TINA4_TOKEN_MAX_AGE, TINA4_REFRESH_EXPIRES_IN } = settings;
    this.#now = now;
    this.#lifetimeMs = Math.max(TINA4_TOKEN_EXPIRES_IN, TINA4_TOKEN_MAX_AGE, TINA4_REFRESH_EXPIRES_IN) * 60_000;
  }

  /**
   * The tie for a token that says these claims.
   *
   * One for somebody else than the session's bearer gets a tie of its own: a login that follows takes it over, and leaves the others
   * to end with whoever was there before.
   *
   * @throws {HttpError} 503 when the session could not be read.
   */
  of(request: Request, claims: Claims): string {
    const visit = request.startVisit();
    const bearer = visit.claims()?.sub ?? null;
    const isForBearer = bearer === null || String(bearer) === String(subjectOf(claims));
    const tie = (isForBearer ? visit.tiedNames[0] : undefined) ?? randomId(TIE_BYTES);
    visit.tie(tie, this.#now() + this.#lifetimeMs);
    return tie;
  }
}
