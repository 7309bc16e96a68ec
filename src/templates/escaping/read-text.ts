import type { Context } from "./context.ts";
import { readCharacter } from "./read-character.ts";
import { UnsafePlace } from "./unsafe-place.ts";

/**
 * Follows a piece of a template as a browser would read it.
 *
 * @returns What holds after it, and the text to send: where a print has put a value in quotes that the template lacks, they are closed.
 * @throws {UnsafePlace} with the offset of the character that cannot stand there.
 */
export function readText(context: Context, text: string): { readonly context: Context; readonly text: string } {
  let now = context;
  const sent: string[] = [];
  for (let offset = 0; offset < text.length; offset += 1) {
    if (now.state === "text") {
      const tag = text.indexOf("<", offset);
      sent.push(text.slice(offset, tag === -1 ? undefined : tag));
      if (tag === -1) break;
      offset = tag;
    }
    const character = text.charAt(offset);
    const next = readAt(now, character, offset);
    sent.push(withQuotes(now, next, character));
    now = next;
  }
  // Joined into one piece of memory: added, V8 would keep them as a tree that each page has to go through.
  return { context: now, text: sent.join("") };
}

function readAt(context: Context, character: string, offset: number): Context {
  try {
    return readCharacter(context, character);
  } catch (error) {
    throw error instanceof UnsafePlace ? new UnsafePlace(error.problem, offset) : error;
  }
}

/** Closes the quotes that a print has opened. */
function withQuotes(before: Context, after: Context, character: string): string {
  if (!hasOurQuotes(before)) return character;
  if (!hasOurQuotes(after)) return `"${character}`;
  return character === '"' ? "&quot;" : character;
}

function hasOurQuotes(context: Context): boolean {
  return context.state === "value" && context.quote === "ours";
}
