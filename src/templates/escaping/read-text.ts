import type { Context } from "./context.ts";
import { readCharacter } from "./read-character.ts";
import { UnsafePlace } from "./unsafe-place.ts";

/**
 * Follows a piece of a template as a browser would read it.
 *
 * @returns What holds after it, and the text to send: values without quotes get them, so that nothing printed into one can end it.
 * @throws {UnsafePlace} with the offset of the character that cannot stand there.
 */
export function readText(context: Context, text: string): { readonly context: Context; readonly text: string } {
  let now = context;
  let sent = "";
  for (let offset = 0; offset < text.length; offset += 1) {
    if (now.state === "text") {
      const tag = text.indexOf("<", offset);
      sent += text.slice(offset, tag === -1 ? undefined : tag);
      if (tag === -1) break;
      offset = tag;
    }
    const character = text.charAt(offset);
    const next = readAt(now, character, offset);
    sent += withQuotes(now, next, character);
    now = next;
  }
  return { context: now, text: sent };
}

function readAt(context: Context, character: string, offset: number): Context {
  try {
    return readCharacter(context, character);
  } catch (error) {
    throw error instanceof UnsafePlace ? new UnsafePlace(error.problem, offset) : error;
  }
}

function withQuotes(before: Context, after: Context, character: string): string {
  const wasOpen = isUnquoted(before);
  if (!isUnquoted(after)) return wasOpen ? `"${character}` : character;
  const written = character === '"' ? "&quot;" : character;
  return wasOpen ? written : `"${written}`;
}

function isUnquoted(context: Context): boolean {
  return context.state === "value" && context.quote === "";
}
