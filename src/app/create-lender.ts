import { ListedApiKeys } from "../auth/api-keys/listed-api-keys.ts";
import type { ApiKeyLender } from "../middleware/api-key-desk.ts";
import { isCrossSite } from "../middleware/guard-cross-site.ts";
import type { Services } from "../middleware/services.ts";
import { sessionCookieReader } from "../middleware/session-cookie-reader.ts";
import type { SessionVisit } from "../session/session-visit.ts";
import { ClientConnection } from "./client-connection.ts";
import type { RateCounters } from "./rate-counters.ts";

/** Makes what an application lends its requests. */
export function createLender(services: Services, rateCounters: RateCounters): ApiKeyLender {
  const { accessTokens, revocations, formTokens, sessions, settings, log, now } = services;
  const connection = new ClientConnection(settings);
  const sessionCookieOf = sessionCookieReader(settings);
  return {
    clientAddress: (raw) => connection.address(raw),
    isSecure: (raw) => connection.isSecure(raw),
    verifyBearer: (token) => {
      const claims = accessTokens.verify(token);
      return claims === null || revocations?.isRevoked(claims) ? null : claims;
    },
    startVisit: (request) => {
      // The session of a request that was turned away early was never read, and must not lose its cookie. Of a write that another
      // site has caused the browser keeps the cookie back, and would let a new one replace it (CWE-352).
      if (sessionCookieOf(request) !== undefined || isCrossSite(request, settings)) return sessions.openSealed();
      // Without a cookie no store is asked, so this is there at once.
      return sessions.open(undefined) as SessionVisit;
    },
    issueFormToken: (holderId) => formTokens.issue(holderId),
    apiKeyDesk: {
      listed: new ListedApiKeys(settings.API_KEYS),
      limiter: (requestsPerMinute) => rateCounters.ofApiKeys(requestsPerMinute),
      log,
      now,
    },
  };
}
