import { isIPv6 } from "node:net";
import { Tina4Error } from "../errors.ts";
import type { HttpServer } from "./http-server.ts";

/** Addresses under which a browser on this machine finds the server as `localhost`. */
const LOCAL_ADDRESSES: readonly string[] = ["0.0.0.0", "::", "127.0.0.1", "::1"];

/** Where an application listens now. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

/**
 * Has a server listen, and says under which URL it is found.
 *
 * @throws {Tina4Error} PORT_UNAVAILABLE with what the operating system says against the address.
 */
export async function openPort(server: HttpServer, port: number, host: string): Promise<ListenAddress> {
  try {
    const { address, port: actual } = await server.listen(port, host);
    const shown = LOCAL_ADDRESSES.includes(address) ? "localhost" : isIPv6(address) ? `[${address}]` : address;
    return { host: address, port: actual, url: `http://${shown}:${actual}` };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === "EADDRINUSE" ? "it is in use; choose another with PORT or --port" : message;
    throw new Tina4Error("PORT_UNAVAILABLE", `Cannot listen on ${host}:${port}: ${reason}.`, { cause });
  }
}
