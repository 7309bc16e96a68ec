import type { MacroStatement } from "../language/node.ts";
import { nodesIn } from "./nodes-in.ts";

/** What a macro finds the arguments under that it has no names for. */
export const VARARGS = "varargs";

/** Whether a macro asks for the arguments that it has no names for. */
export function mentionsVarargs({ body }: MacroStatement): boolean {
  return nodesIn(body).some((node) => node.kind === "name" && node.name === VARARGS);
}
