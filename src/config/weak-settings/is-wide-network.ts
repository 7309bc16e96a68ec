import { isWithinRange, parseCidrRange } from "../../text/cidr-range.ts";

/** A network of more addresses than these is no rack of proxies; where addresses are public, far fewer. */
const WIDEST_BITS = { ipv4: 16, ipv6: 48 };
const WIDEST_PUBLIC_BITS = { ipv4: 24, ipv6: 56 };

/** RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291: nobody comes from there over the internet. */
const PRIVATE_NETWORKS = [
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
  ...["fc00::/7", "fe80::/10", "::1"],
].flatMap((network) => parseCidrRange(network) ?? []);

/** Whether a network holds addresses that are hardly all one's own proxies. */
export function isWideNetwork(network: string): boolean {
  const range = parseCidrRange(network);
  if (range === null) return true;
  const isPrivate = PRIVATE_NETWORKS.some((own) => own.bits <= range.bits && isWithinRange(range.address, own));
  const { ipv4, ipv6 } = isPrivate ? WIDEST_BITS : WIDEST_PUBLIC_BITS;
  return range.bits < (range.address.length === 2 ? ipv4 : ipv6);
}
