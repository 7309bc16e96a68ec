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
