import { type ServerAddress, serverAddress } from "../server-address.ts";

/**
 * Reads a `postgres:` URL. Its host may be the path of a folder with a socket.
 *
 * @throws {Tina4Error} `OPTION_INVALID` when something is missing, or a parameter is unknown or out of its range.
 */
export function postgresAddress(url: string): ServerAddress {
  return serverAddress(url, { scheme: "postgres", defaultPort: 5432 });
}
