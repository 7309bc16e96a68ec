import type { DeparturePlanner } from "./planner.ts";

/** Sends a fresh token with each successful answer to whoever showed a valid one, so that who keeps coming back stays signed in. */
export const renewToken: DeparturePlanner = ({ accessTokens, freshTokens, settings }) => {
  if (!settings.TINA4_FRESH_TOKEN) return undefined;
  return (request, response) => {
    if (request.raw.headers.authorization === undefined || request.route === null) return;
    // Read anew: what a handler has written into `request.user` for its own use is not for the token to say.
    const presented = response.statusCode < 400 ? request.bearerText() : null;
    const claims = presented === null ? null : accessTokens.verify(presented);
    const token = claims && freshTokens.renew(claims);
    if (token !== null) response.header("FreshToken", token).header("Cache-Control", "no-store");
  };
};
