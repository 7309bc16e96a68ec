import type { Request } from "../http/request.ts";
import type { Layer } from "../pipeline/middleware.ts";
import type { Step } from "../pipeline/step.ts";
import type { SessionVisit } from "../session/session-visit.ts";
import { isCrossSite } from "./guard-cross-site.ts";
import type { Planner } from "./planner.ts";
import type { Services } from "./services.ts";
import { sessionCookieReader } from "./session-cookie-reader.ts";

/**
 * Reads the session that a request's cookie names, once. Without the cookie no store is asked. A route that is open to other
 * sites sees an empty session that it cannot write.
 */
export const readSession: Planner = (services, { access }) => {
  const { sessions } = services;
  if (!access.crossSiteExempt) return readSessionStep(services);
  return (request) => keep(sessions.openSealed(), request);
};

/**
 * Reads the session where no route is, for the application's middleware around what is answered there. What other sites have
 * made a browser send is not turned away there, but its session stays unread: it finds an empty one.
 *
 * @see CWE-352
 */
export function readSessionLayer(services: Services): Layer {
  const readOwn = readSessionStep(services);
  return {
    name: "session",
    run: (request, response, next) => {
      if (request.raw.headers.cookie !== undefined && isCrossSite(request, services.settings)) return next();
      const reading = readOwn(request, response);
      return reading instanceof Promise ? reading.then(() => next()) : next();
    },
  };
}

/** Reads the session that the cookie names, if there is one. */
export function readSessionStep({ sessions, settings }: Services): Step {
  const sessionCookieOf = sessionCookieReader(settings);
  return (request) => {
    const cookie = sessionCookieOf(request);
    if (cookie === undefined) return undefined;
    const visit = sessions.open(cookie);
    return visit instanceof Promise ? visit.then((late) => keep(late, request)) : keep(visit, request);
  };
}

function keep(visit: SessionVisit, request: Request): undefined {
  request.visit = visit;
}
