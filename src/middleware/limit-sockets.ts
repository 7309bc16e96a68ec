import { refuse } from "../errors.ts";
import { rateKey } from "../rate-limit/rate-key.ts";
import type { Planned, Planner } from "./planner.ts";

const RETRY_SECONDS = 10;
const CLIENT_FULL = refuse("SOCKETS_FULL");
const FULL = refuse("BUSY", { headers: { "Retry-After": String(RETRY_SECONDS) } });

/** Takes a place among the open connections, which is free again when this one is closed, or was never opened. */
export const limitSockets: Planner<Planned> =
  ({ sockets }) =>
  (request, response) => {
    const client = rateKey(request.ip);
    const place = sockets.enter(client);
    if (place !== "taken") return place === "full" ? FULL : CLIENT_FULL;
    response.onceSent(() => sockets.leave(client));
    return undefined;
  };
