import { nearestName } from "../../text/nearest-name.ts";
import type { Template } from "../language/node.ts";
import { fail } from "./fail.ts";
import { nodesIn } from "./nodes-in.ts";

/**
 * Refuses a block that nothing shows and that is named nearly as one of the layouts. Twig leaves it out unseen.
 *
 * A block with a name of its own is left out here too: another layout may show it. So is any where the layout is computed.
 *
 * @param lineage A template and all its layouts.
 * @throws {TemplateError}
 */
export function refuseMisspeltBlocks(lineage: readonly Template[]): void {
  for (const [level, template] of lineage.entries()) {
    const layouts = lineage.slice(level + 1);
    const known = layouts.flatMap(({ blocks }) => [...blocks.keys()]);
    for (const statement of layouts.length === 0 ? [] : template.body) {
      if (statement.kind !== "block" || known.includes(statement.name)) continue;
      const meant = nearestName(statement.name, known);
      if (meant === undefined || lineage.some(({ body }) => callsBlock(body, statement.name))) continue;
      fail({ template }, `No layout has a block "${statement.name}". Did you mean "${meant}"?`, statement.at);
    }
  }
}

/** Whether `block("name")` shows a block. */
function callsBlock(part: unknown, name: string): boolean {
  const calls = nodesIn(part).filter((node) => node.kind === "call" && node.name === "block");
  return calls.flatMap(nodesIn).some((node) => node.kind === "literal" && node.value === name);
}
