import type { Request } from "../http/request.ts";
import { offeredProtocols } from "../websocket/offered-protocols.ts";

const PARAMETER = "ticket";
const PROTOCOL_PREFIX = "tina4.ticket.";

/** The tickets that a request shows, as `?ticket=` or as a subprotocol. Elsewhere, and under another name, they are none. */
export function presentedTickets({ url, path, raw }: Request): readonly string[] {
  const inQuery = new URLSearchParams(url.slice(path.length)).getAll(PARAMETER);
  const offered = offeredProtocols(raw.headers["sec-websocket-protocol"]) ?? [];
  const inProtocols = offered.filter((name) => name.startsWith(PROTOCOL_PREFIX));
  return [...inQuery, ...inProtocols.map((name) => name.slice(PROTOCOL_PREFIX.length))];
}
