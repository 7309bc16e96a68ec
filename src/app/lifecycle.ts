import { assignRequestId } from "../middleware/assign-request-id.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { authenticateSocket } from "../middleware/authenticate-socket.ts";
import { checkHandshake } from "../middleware/check-handshake.ts";
import { answerCors } from "../middleware/cors-middleware.ts";
import { checkFormToken } from "../middleware/csrf-middleware.ts";
import { giveBackFormTokens } from "../middleware/give-back-form-tokens.ts";
import { guardCrossSite } from "../middleware/guard-cross-site.ts";
import { guardSocketOrigin } from "../middleware/guard-socket-origin.ts";
import { limitRate } from "../middleware/limit-rate.ts";
import { limitSockets } from "../middleware/limit-sockets.ts";
import { openSocket } from "../middleware/open-socket.ts";
import { parseRequestBody } from "../middleware/parse-request-body.ts";
import type { ArrivalPlanner, DeparturePlanner, PlannedSocket, Planner } from "../middleware/planner.ts";
import { readSession } from "../middleware/read-session.ts";
import { readSocketSession } from "../middleware/read-socket-session.ts";
import { refuseAmbiguousRequest } from "../middleware/refuse-ambiguous-request.ts";
import { renewToken } from "../middleware/renew-token.ts";
import { checkRole } from "../middleware/require-role.ts";
import { runHandler } from "../middleware/run-handler.ts";
import { saveSession } from "../middleware/save-session.ts";
import { stageStrictTransport } from "../middleware/security-headers-middleware.ts";
import { validateInput } from "../middleware/validate-input.ts";

/** What happens to every request before its route is looked up. The first step that refuses or answers ends it. */
export const ARRIVAL: readonly ArrivalPlanner[] = [
  stageStrictTransport, // must it stay on HTTPS? Refusals say so too
  refuseAmbiguousRequest, // can it be read in one way only?
  assignRequestId, // what is it called?
  answerCors, // may another origin read the answer?
];

/**
 * What happens once the route is known. Each planner decides at start whether its route needs the step; what a step has to
 * finish it does on the way out, in the reverse order.
 */
export const PASSAGE: readonly Planner[] = [
  limitRate, // does this client ask too often?
  readSession, // what is remembered of this visitor?
  guardCrossSite, // did a page of another site cause it?
  authenticate, // who is it?
  parseRequestBody, // what did they send?
  checkFormToken, // was the form printed by us, for them?
  checkRole, // may they?
  validateInput, // is it what the schemas say?
  runHandler, // middleware, and the handler in its midst
];

/** The same for a request that asks for a WebSocket. No other origin is told what it may read: one that is not trusted gets nothing. */
export const SOCKET_ARRIVAL: readonly ArrivalPlanner[] = [
  stageStrictTransport,
  refuseAmbiguousRequest,
  assignRequestId,
];

export const SOCKET_PASSAGE: readonly Planner<PlannedSocket>[] = [
  limitRate, // does this client ask too often?
  checkHandshake, // can it become a WebSocket?
  limitSockets, // are too many open?
  guardSocketOrigin, // does a page of another site ask?
  readSocketSession, // what is remembered of this visitor?
  authenticateSocket, // who is it?
  checkRole, // may they?
  openSocket, // middleware, and the handshake in its midst
];

/** What every response goes through last, refused or not, after the steps have finished what they began. */
export const DEPARTURE: readonly DeparturePlanner[] = [
  saveSession, // what has changed is kept, and its cookie sent
  renewToken, // who showed a token that is still valid gets a fresh one
  giveBackFormTokens, // a form of which nothing came can be sent again
];
