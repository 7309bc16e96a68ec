import type { Planned, Planner } from "./planner.ts";
import { publicOrigin } from "./public-origin.ts";
import { readSessionStep } from "./read-session.ts";

/** Reads the session for a page of this very site. For everybody else it is empty, and cannot be written. */
export const readSocketSession: Planner<Planned> = (services) => {
  const { sessions, settings } = services;
  const readOwn = readSessionStep(services);
  return (request, response) => {
    if (request.raw.headers.origin === publicOrigin(request, settings)) return readOwn(request, response);
    request.visit = sessions.openSealed();
    return undefined;
  };
};
