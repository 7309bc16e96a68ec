import { isIPv4 } from "node:net";
import { canonicalIpAddress } from "../text/ip-address.ts";
import type { TrustedProxies } from "./trusted-proxies.ts";

const MAPPED = "::ffff:";
const WITH_PORT = /^(?:\[(.+)\]|([\d.]+))(?::\d{1,5})?$/;

/**
 * Finds out whom a request comes from: the peer, or what trusted proxies say of it.
 *
 * Each proxy adds the address it was called from at the right end of `X-Forwarded-For`. So the list is read from there,
 * for as long as a trusted proxy vouches for what stands next; the rest is whatever the client wrote. An entry that is
 * no address (`unknown`, nothing, a name) ends the search, and the proxy that wrote it stands for its clients.
 *
 * @param peer The address of the other end of the connection; empty for a Unix socket.
 * @param forwardedFor The value of `X-Forwarded-For`; several header lines joined by commas, in their order.
 * @returns The first address from the right that is no trusted proxy; the last trusted one when there is none.
 * @see CWE-348
 * @example
 * ```ts
 * clientAddress("10.0.0.2", "6.6.6.6, 203.0.113.9", new TrustedProxies(["10.0.0.0/8"])); // "203.0.113.9"
 * ```
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trusted: TrustedProxies): string {
  let client = withoutMapping(peer);
  if (forwardedFor === undefined || trusted.isEmpty) {
    return client;
  }
  let end = forwardedFor.length;
  while (end !== -1 && trusted.includes(client)) {
    const comma = forwardedFor.lastIndexOf(",", end - 1);
    const address = addressOf(forwardedFor.slice(comma + 1, end));
    if (address === null) {
      break;
    }
    client = address;
    end = comma;
  }
  return client;
}

/** A socket for both families shows an IPv4 client as `::ffff:192.0.2.1`. */
function withoutMapping(peer: string): string {
  return peer.startsWith(MAPPED) && isIPv4(peer.slice(MAPPED.length)) ? peer.slice(MAPPED.length) : peer;
}

/** Some proxies add the port: `192.0.2.1:5678`, `[2001:db8::1]:5678`. */
function addressOf(hop: string): string | null {
  const text = hop.trim();
  const [, ipv6, ipv4] = WITH_PORT.exec(text) ?? [];
  return canonicalIpAddress(ipv6 ?? ipv4 ?? text);
}
