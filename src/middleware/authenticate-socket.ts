import type { Claims } from "../claims.ts";
import { type Refusal, refuse } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { StepOutcome } from "../pipeline/step.ts";
import { refusalOfStranger } from "./authenticate.ts";
import type { Planned, Planner } from "./planner.ts";
import { presentedTickets } from "./presented-tickets.ts";
import type { Services } from "./services.ts";
import { SessionTies } from "./session-ties.ts";
import { stayOfClaims } from "./stay-of-claims.ts";
import { stayOfSession } from "./stay-of-session.ts";

const MISSING = refuse("TICKET_MISSING", { headers: { "WWW-Authenticate": "Bearer" } });
const INVALID = refuse("TICKET_INVALID", { headers: { "WWW-Authenticate": "Bearer" } });

/**
 * Finds out who asks for a WebSocket. An Authorization header that is present decides alone, else a ticket does, else the session of
 * a page of this very site, where the route takes one. What let it in is what it may stay open by.
 *
 * @see RFC 6455 §10.5, CWE-613
 */
export const authenticateSocket: Planner<Planned> = (services, { access }) => {
  const { credential } = access;
  const ties = new SessionTies(services);
  const turnAway = (refusal: Refusal): StepOutcome => (credential === "none" ? undefined : refusal);
  const admit = (request: Request, claims: Claims | null, refusal: Refusal): StepOutcome => {
    if (claims === null) return turnAway(refusal);
    request.user = claims;
    request.endOfStay = stayOfClaims(claims, services);
    return undefined;
  };
  const admitSession = (request: Request): StepOutcome => {
    const claims = request.visit?.claims() ?? null;
    if (claims === null) return turnAway(MISSING);
    request.user = claims;
    request.endOfStay = stayOfSession(request.startVisit(), ties.of(request, claims), services);
    return undefined;
  };
  return (request) => {
    if (request.raw.headers.authorization !== undefined) {
      return admit(request, request.bearerClaims, refusalOfStranger(request));
    }
    const [ticket, ...others] = presentedTickets(request);
    if (ticket === undefined) return credential === "bearer" ? MISSING : admitSession(request);
    if (others.length > 0) return turnAway(INVALID);
    return takeTicket(ticket, request, services).then((claims) => admit(request, claims, INVALID));
  };
};

async function takeTicket(
  ticket: string,
  request: Request,
  { socketTickets, revocations }: Services,
): Promise<Claims | null> {
  const claims = await socketTickets.take(ticket, request.path);
  return claims === null || revocations?.isRevoked(claims) ? null : claims;
}
