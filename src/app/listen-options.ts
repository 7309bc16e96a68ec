import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";

/** Where an application listens. */
export interface ListenOptions {
  /** Default `PORT`; 0 takes a free one. */
  readonly port?: number;
  /** Default `TINA4_HOST`. */
  readonly host?: string;
}

/** @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID when it is not said what to listen on. */
export function refuseUnclearListening(options: ListenOptions): void {
  if (typeof options === "number") throw new Tina4Error("OPTION_INVALID", `Write listen({ port: ${options} }).`);
  refuseUnknownKeys("listen", options, ["port", "host"]);
}
