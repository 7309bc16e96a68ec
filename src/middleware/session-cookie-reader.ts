import type { Settings } from "../config/settings.ts";
import { cookieNamed } from "../http/cookie-named.ts";
import type { Request } from "../http/request.ts";
import { sessionCookie } from "../session/session-cookie.ts";

/** Makes what finds the session cookie of a request: over HTTPS it can have another name. */
export function sessionCookieReader(settings: Settings): (request: Request) => string | undefined {
  const options = { name: settings.TINA4_SESSION_NAME, sameSite: settings.TINA4_SESSION_SAMESITE };
  const [plainName, httpsName] = [sessionCookie(options, false).name, sessionCookie(options, true).name];
  return ({ raw, secure }) => cookieNamed(secure ? httpsName : plainName, raw.headers.cookie);
}
