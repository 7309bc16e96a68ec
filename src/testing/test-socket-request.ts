import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";

const SOCKET_KEYS: readonly (keyof TestSocketRequest)[] = ["headers", "token", "ticket", "protocols", "origin"];

/** How a test asks for a WebSocket. */
export interface TestSocketRequest {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as `Authorization: Bearer …`, as a browser cannot. */
  readonly token?: string;
  /** From `Auth.getSocketTicket`; sent as a subprotocol. */
  readonly ticket?: string;
  /** Subprotocols that are offered; with a ticket and no other, `tina4` is. */
  readonly protocols?: readonly string[];
  /** Whose page asks; `null` for a client that is no browser. Default: the application's own origin. */
  readonly origin?: string | null;
}

/** @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID when the request is not what a test can have meant. */
export function refuseUnclearSocket(call: string, path: unknown, request: TestSocketRequest): void {
  refuseUnknownKeys(call, request, SOCKET_KEYS);
  if (typeof path === "string" && path.startsWith("/")) return;
  throw new Tina4Error("OPTION_INVALID", `${call}: a path begins with a slash, and ${JSON.stringify(path)} does not.`);
}

/** What a client knows of the site it asks. */
export interface AskedSite {
  readonly host: string;
  readonly origin: string;
  readonly cookie: string | undefined;
}

/** With what a WebSocket is asked for. */
export interface TestHandshake {
  readonly protocols: readonly string[];
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

/** Completes what a test says as a page of the site does; what the test says wins. */
export function handshakeOf(
  { headers, token, ticket, protocols = [], origin }: TestSocketRequest,
  site: AskedSite,
): TestHandshake {
  const page = origin === undefined ? site.origin : origin;
  return {
    protocols: ticket === undefined ? protocols : [...withDefault(protocols), `tina4.ticket.${ticket}`],
    headers: {
      Host: site.host,
      ...(page !== null && { Origin: page }),
      ...(site.cookie !== undefined && { Cookie: site.cookie }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
  };
}

function withDefault(protocols: readonly string[]): readonly string[] {
  return protocols.length === 0 ? ["tina4"] : protocols;
}
