import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import { type SessionCookie, sessionCookie } from "../session/session-cookie.ts";
import type { CookieChange } from "../session/visit-ids.ts";
import type { DeparturePlanner } from "./planner.ts";

/**
 * Saves the session where it has changed, and sends its cookie where that has. Nobody may keep an answer that sets the cookie or
 * shows a form token, nor, unless the program says otherwise, one for which it has looked at the session of a known user.
 *
 * @see CWE-524, RFC 9111 §4.1
 */
export const saveSession: DeparturePlanner = ({ settings }) => {
  const options = { name: settings.TINA4_SESSION_NAME, sameSite: settings.TINA4_SESSION_SAMESITE };
  const [plain, https] = [sessionCookie(options, false), sessionCookie(options, true)];
  return (request, response) => {
    if (request.readsSession && request.raw.headers.cookie !== undefined) tellCaches(request, response);
    if (request.printsFormToken) response.header("Cache-Control", "no-store");
    const change = request.visit?.close() ?? null;
    if (change === null) return undefined;
    const cookie = request.secure ? https : plain;
    if (!(change instanceof Promise)) return sendCookie(cookie, change, response);
    return change.then((late) => {
      if (late !== null) sendCookie(cookie, late, response);
    });
  };
};

/** No cache may show to one visitor what was made for another. */
function tellCaches({ visit }: Request, response: Response): void {
  response.stage("Vary", "Cookie");
  // A session that is stored could be read, so asking for its claims does not fail.
  if (visit?.storedKey === undefined || visit.claims() === null) return;
  if (response.getHeader("Cache-Control") === undefined) response.header("Cache-Control", "private, no-store");
}

function sendCookie({ name, attributes }: SessionCookie, { value, maxAge }: CookieChange, response: Response): void {
  if (maxAge === 0) response.clearCookie(name, attributes);
  else response.cookie(name, value, attributes);
  response.header("Cache-Control", "no-store");
}
