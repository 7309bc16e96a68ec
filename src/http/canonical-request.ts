import type { IncomingMessage } from "node:http";
import { type Refusal, refuse } from "../errors.ts";
import { isCanonicalTarget } from "./canonical-target.ts";
import { parseHost } from "./host-header.ts";

const MAX_TARGET_CHARACTERS = 8192;
const MAX_HEADER_LINES = 100;
const MAX_HEADER_BYTES = 16_384;
/** The colon, the space and the line end around a name and its value. */
const LINE_OVERHEAD_BYTES = 4;

/** Headers that two readers of one message could take from different lines. */
const AT_MOST_ONCE: ReadonlySet<string> = new Set([
  "host",
  "origin",
  "content-type",
  "authorization",
  "content-length",
]);

/** Whoever sends a message that can be read in two ways may have hidden another one behind it. */
const CLOSE = { headers: { Connection: "close" } };
const MALFORMED = refuse("REQUEST_MALFORMED", CLOSE);
const HOST_REFUSED = refuse("HOST_REFUSED", CLOSE);
const TARGET_TOO_LONG = refuse("TARGET_TOO_LONG", CLOSE);
const HEADERS_TOO_LARGE = refuse("HEADERS_TOO_LARGE", CLOSE);
const TRANSFER_CODING_UNKNOWN = refuse("TRANSFER_CODING_UNKNOWN", CLOSE);
const HTTP_VERSION_UNSUPPORTED = refuse("HTTP_VERSION_UNSUPPORTED", CLOSE);

/**
 * Makes the check that every later decision rests on: the request can be read in one way only.
 *
 * @param allowedHosts Host names, in lower case and without port, that this application answers for; empty means any.
 * @returns A function that gives the refusal of a request that Node's parser let through, or `undefined`.
 * @see RFC 9112 §3.2, §6.1 and §6.3, CWE-444
 */
export function requireCanonicalRequest(
  allowedHosts: readonly string[],
): (raw: IncomingMessage) => Refusal | undefined {
  const checkHost = createHostCheck(new Set(allowedHosts));
  return (raw) => {
    const { httpVersion, url = "", rawHeaders, headers } = raw;
    if (httpVersion !== "1.1" && httpVersion !== "1.0") return HTTP_VERSION_UNSUPPORTED;
    if (url.length > MAX_TARGET_CHARACTERS) return TARGET_TOO_LONG;
    if (!isCanonicalTarget(url)) return MALFORMED;
    if (rawHeaders.length > MAX_HEADER_LINES * 2) return HEADERS_TOO_LARGE;
    // As many names as lines: none stands twice.
    if (rawHeaders.length !== Object.keys(headers).length * 2 && repeatsName(rawHeaders)) return MALFORMED;
    if (bytesOf(rawHeaders) > MAX_HEADER_BYTES) return HEADERS_TOO_LARGE;
    return checkHost(headers.host) ?? checkTransferCoding(raw);
  };
}

function repeatsName(lines: readonly string[]): boolean {
  const seen = new Set<string>();
  for (let index = 0; index < lines.length; index += 2) {
    const name = (lines[index] as string).toLowerCase();
    if (seen.has(name)) return true;
    if (AT_MOST_ONCE.has(name)) seen.add(name);
  }
  return false;
}

function bytesOf(lines: readonly string[]): number {
  let bytes = (lines.length / 2) * LINE_OVERHEAD_BYTES;
  for (let index = 0; index < lines.length; index += 1) bytes += (lines[index] as string).length;
  return bytes;
}

/** Nearly all requests name the same host, so the one that was allowed last needs no second look. */
function createHostCheck(allowed: ReadonlySet<string>): (host: string | undefined) => Refusal | undefined {
  let allowedLast: string | undefined;
  return (host = "") => {
    if (host === allowedLast) return undefined;
    const parsed = parseHost(host);
    if (parsed === null) return MALFORMED;
    if (allowed.size > 0 && !allowed.has(parsed.hostname)) return HOST_REFUSED;
    allowedLast = host;
    return undefined;
  };
}

function checkTransferCoding({ httpVersion, headers }: IncomingMessage): Refusal | undefined {
  const codings = headers["transfer-encoding"];
  if (codings === undefined) return undefined;
  if (httpVersion === "1.0" || headers["content-length"] !== undefined) return MALFORMED;
  const names = codings.split(",").map((name) => name.trim().toLowerCase());
  if (names.indexOf("chunked") !== names.length - 1) return MALFORMED;
  return names.length > 1 ? TRANSFER_CODING_UNKNOWN : undefined;
}
