import { handshakeFault } from "../websocket/handshake-fault.ts";
import type { Planned, Planner } from "./planner.ts";

/** Turns away what cannot become a WebSocket, before anything of it is used up. */
export const checkHandshake: Planner<Planned> = () => (request) => handshakeFault(request.raw);
