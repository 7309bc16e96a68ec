import { newSecret } from "./new-secret.ts";

/** Prints a new secret, and nothing else, so that a script can use it. */
export function secret(): number {
  process.stdout.write(`${newSecret()}\n`);
  return 0;
}
