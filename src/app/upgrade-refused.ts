import { type Refusal, refuse } from "../errors.ts";

/** The header names what we do speak, as RFC 9110 §15.5.22 demands. */
export const UPGRADE_REFUSED: Refusal = refuse("UPGRADE_REFUSED", {
  headers: { Connection: "close, Upgrade", Upgrade: "HTTP/1.1" },
});
