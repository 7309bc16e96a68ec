import { checksTlsCertificates, runtimeFlags } from "../config/runtime-flags.ts";

/** What runs the project. */
export interface Machine {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** `22.11.0` */
  readonly nodeVersion: string;
  /** Of Node.js, also those in `NODE_OPTIONS`. */
  readonly flags: readonly string[];
  /** Whether a TLS connection to a server that cannot prove its name fails. */
  readonly checksTlsCertificates: boolean;
  /** The user's number; `undefined` where users have none. */
  readonly userId: number | undefined;
}

/** The machine and the process that this runs in. */
export function thisMachine(): Machine {
  return {
    now: Date.now(),
    nodeVersion: process.versions.node,
    flags: runtimeFlags(),
    checksTlsCertificates: checksTlsCertificates(),
    userId: process.getuid?.(),
  };
}
