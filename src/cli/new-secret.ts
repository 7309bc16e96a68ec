import { randomBytes } from "node:crypto";

const SECRET_BYTES = 32;

/** A secret that nobody else has, as 64 hexadecimal characters. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString("hex");
}
