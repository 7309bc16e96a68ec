import { addNonce } from "./add-nonce.ts";

const POLICY_HEADER = /^content-security-policy(?:-report-only)?$/i;
const NO_STORE = /(?:^|,)\s*no-store\s*(?:,|$)/i;

/**
 * Lets the policies of a response admit its nonce, and has nobody keep the response: a kept page would tell the nonce.
 *
 * @param fields Names and values in turn.
 */
export function admitNonce(fields: string[], nonce: string): void {
  let saysWhoKeepsIt = false;
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] as string;
    const value = fields[index + 1] as string;
    if (POLICY_HEADER.test(name)) fields[index + 1] = addNonce(value, nonce);
    if (name.toLowerCase() !== "cache-control") continue;
    if (!NO_STORE.test(value)) fields[index + 1] = "no-store";
    saysWhoKeepsIt = true;
  }
  if (!saysWhoKeepsIt) fields.push("Cache-Control", "no-store");
}
