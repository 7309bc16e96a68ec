import type { AttackSettings } from "./attacked-server.ts";
import type { Target } from "./target.ts";

/** One attack: what is sent, what must come of it, and the function that sends it and throws where it does not. */
export interface AttackRow {
  readonly id: string;
  readonly input: string;
  readonly outcome: string;
  /** What the application is started with, where the row needs a server of its own. */
  readonly settings?: AttackSettings | undefined;
  /** Whether the row starts an application of its own, which takes longer than any request. */
  readonly startsAnother?: boolean;
  /** Missing where nothing outside of the process could tell: tests that name the id prove the row. */
  readonly attack?: ((target: Target) => Promise<void>) | undefined;
}

type Attack = (target: Target) => Promise<void>;

/** A row that is sent to the started server. */
export function row(id: string, input: string, outcome: string, attack: Attack, settings?: AttackSettings): AttackRow {
  return { id, input, outcome, attack, settings };
}

/** A row that starts the application with settings of its own, to see whether it does start. */
export function startRow(
  id: string,
  input: string,
  outcome: string,
  attack: Attack,
  settings?: AttackSettings,
): AttackRow {
  return { ...row(id, input, outcome, attack, settings), startsAnother: true };
}

/** A row that needs injected time, a view inside, or another program: tests under `test/` that name its id prove it. */
export function inProcess(id: string, input: string, outcome: string): AttackRow {
  return { id, input, outcome };
}
