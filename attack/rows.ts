import type { AttackRow } from "./row.ts";
import { TOKEN_ROWS } from "./rows/tokens.ts";

/** Every attack that the project knows, by subject. */
export const ATTACK_ROWS: readonly AttackRow[] = [...TOKEN_ROWS];
