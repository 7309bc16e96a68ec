import type { Request } from "../http/request.ts";

const LOOPBACK_PEERS: readonly string[] = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
const FORWARDING_HEADER = /^(?:forwarded|via|cdn-loop|x-forwarded.*|x-original-.*|.*-(?:client)?ip)$/;

/**
 * Whether a request comes from this very machine, so that what is inside stays with the developer: the peer and the Host are
 * loopback ones, and no proxy stands between. A name that an attacker lets lead here (DNS rebinding) is no loopback Host. Of some
 * proxies only their HTTP/1.0 tells, which no browser speaks.
 *
 * @see CWE-209, CWE-350
 */
export function isFromThisMachine({ raw }: Request): boolean {
  return (
    raw.httpVersion !== "1.0" &&
    LOOPBACK_PEERS.includes(raw.socket.remoteAddress ?? "") &&
    LOOPBACK_HOST.test(raw.headers.host ?? "") &&
    !Object.keys(raw.headers).some((name) => FORWARDING_HEADER.test(name))
  );
}
