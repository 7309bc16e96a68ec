import { isIP } from "node:net";
import { Tina4Error } from "../../errors.ts";
import { type ServerAddress, serverAddress } from "../server-address.ts";

/**
 * Reads a `mysql:` or `mariadb:` URL. Its host may be the path of a socket.
 *
 * @throws {Tina4Error} `OPTION_INVALID` when something is missing, or a parameter is unknown or out of its range.
 */
export function mysqlAddress(url: string): ServerAddress {
  const address = serverAddress(url, { scheme: "mysql", defaultPort: 3306 });
  // The package `mysql2` would look for the name "localhost" in the certificate of an IP address.
  if (address.tls && (isIP(address.host) !== 0 || address.host.startsWith("/"))) {
    throw new Tina4Error("OPTION_INVALID", "TLS checks the name of the server: write its name in the database URL.");
  }
  return address;
}
