import { Tina4Error } from "../errors.ts";
import { didYouMean } from "../text/did-you-mean.ts";

/** What differs between the kinds of servers. */
export interface ServerKind {
  readonly scheme: string;
  readonly defaultPort: number;
}

export interface ServerAddress {
  /** A name, an IP address, or the absolute path of the server's socket (of PostgreSQL: of its folder). */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly maxConnections: number;
  /** With TLS the certificate is always checked: against this file, or the authorities that Node.js knows. */
  readonly tls: false | { readonly certificateFile: string | undefined };
}

const DEFAULT_CONNECTIONS = 10;
const MAX_CONNECTIONS = 100;
const PARAMETERS = ["pool", "sslmode", "ssl", "sslrootcert"];
const TLS_MODES: ReadonlyMap<string, boolean> = new Map([
  ["disable", false],
  ["require", true],
  ["verify-ca", true],
  ["verify-full", true],
]);

/**
 * Reads the URL of a database on a server. No part of it is ever shown: a password with a stray `@` could be anywhere.
 *
 * @throws {Tina4Error} `OPTION_INVALID` when something is missing, or a parameter is unknown or out of its range.
 */
export function serverAddress(url: string, { scheme, defaultPort }: ServerKind): ServerAddress {
  const form = `Write ${scheme}://user:password@host:${defaultPort}/database, with % codes for special characters.`;
  const { hostname, port, username, password, pathname, searchParams, hash } = parsed(url, form);
  const database = decoded(pathname.slice(1), form);
  const user = decoded(username, form);
  const host = decoded(hostname.replace(/^\[(.*)\]$/, "$1"), form);
  if (host === "" || user === "" || database === "" || database.includes("/") || hash !== "") {
    throw invalid(`The database URL needs a host, a user and the name of a database. ${form}`);
  }
  refuseUnknownParameters(searchParams);
  return {
    host,
    port: port === "" ? defaultPort : Number(port),
    user,
    password: decoded(password, form),
    database,
    maxConnections: connectionsOf(searchParams.get("pool")),
    tls: tlsOf(searchParams),
  };
}

/** Where it is, without what it takes to get in. */
export function placeOf({ host, port }: ServerAddress): string {
  return host.startsWith("/") ? host : `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function parsed(url: string, form: string): URL {
  if (!URL.canParse(url)) {
    throw invalid(`The database URL cannot be read. ${form}`);
  }
  return new URL(url);
}

function decoded(part: string, form: string): string {
  let text: string;
  try {
    text = decodeURIComponent(part);
  } catch {
    throw invalid(`A % in the database URL is not followed by two hexadecimal digits. ${form}`);
  }
  if (text.includes("\0")) {
    throw invalid(`There is a NUL character in the database URL. ${form}`);
  }
  return text;
}

/** Behind an `@` too many, what looks like a parameter is a part of the password. */
function refuseUnknownParameters(parameters: URLSearchParams): void {
  for (const name of parameters.keys()) {
    if (!PARAMETERS.includes(name)) {
      const shown = String(parameters).includes("%40") ? "" : ` "${name}"`;
      throw invalid(`The database URL has an unknown parameter${shown}.${didYouMean(name, PARAMETERS)}`);
    }
    if (parameters.getAll(name).length > 1) {
      throw invalid(`The database URL has the parameter "${name}" twice.`);
    }
  }
}

function connectionsOf(pool: string | null): number {
  const count = Number(pool ?? DEFAULT_CONNECTIONS);
  if (!Number.isInteger(count) || count < 1 || count > MAX_CONNECTIONS) {
    throw invalid(`pool= in the database URL is a whole number of connections from 1 to ${MAX_CONNECTIONS}.`);
  }
  return count;
}

/** Modes that fall back to plain text, or take any certificate, protect from nobody: there is no such thing here. */
function tlsOf(parameters: URLSearchParams): ServerAddress["tls"] {
  const ssl = parameters.get("ssl");
  const mode = parameters.get("sslmode") ?? (ssl === "true" ? "verify-full" : "disable");
  const isEncrypted = TLS_MODES.get(mode);
  if (isEncrypted === undefined || (ssl !== null && ssl !== String(isEncrypted))) {
    const remedy = "For a certificate of your own authority add sslrootcert=/path/to/authority.pem.";
    throw invalid(`Write sslmode=verify-full or sslmode=disable in the database URL. ${remedy}`);
  }
  const certificateFile = parameters.get("sslrootcert") ?? undefined;
  if (certificateFile !== undefined && !isEncrypted) {
    throw invalid("sslrootcert= in the database URL has an effect with sslmode=verify-full only.");
  }
  return isEncrypted && { certificateFile };
}

function invalid(message: string): Tina4Error {
  return new Tina4Error("OPTION_INVALID", message);
}
