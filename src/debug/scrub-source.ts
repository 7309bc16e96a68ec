import { REDACTED, scrubText } from "../log/scrub-text.ts";
import { isSecretName } from "../log/secret-name.ts";

/** A name, perhaps, then a literal: `password: "…"`, `const key = env.KEY ?? "…"`. */
const LITERAL = /(?:([\w$.-]+)["'\]]*(\s*[:=]\s*(?:[\w$.]+\s*(?:\?\?|\|\|)\s*)?))?(["'`])((?:\\.|(?!\3).)*)\3?/g;
/** Too long and too mixed for a word: hexadecimal, base64url, or base64, which also has slashes as paths do. */
const RANDOM_LOOKING = /^(?=.*\d)(?=.*[A-Za-z])(?:[\w=-]{32,}|(?=.*[A-Z])(?=.*[a-z])[\w+/=-]{32,})$/;

/**
 * Takes what seems to be a secret out of a line of source: a literal under a secret name, and one that looks like a key. Code stays
 * as it is, `token: string` too.
 */
export function scrubSource(line: string): string {
  return line.replace(LITERAL, (whole: string, name = "", between = "", quote: string, content: string) => {
    const isSecret = content !== "" && (isSecretName(name) || RANDOM_LOOKING.test(content));
    const shown = isSecret ? REDACTED : scrubText(content);
    return shown === content
      ? whole
      : `${whole.slice(0, whole.indexOf(quote, name.length + between.length))}${quote}${shown}${quote}`;
  });
}
