import { REDACTED, scrubText } from "../log/scrub-text.ts";
import { isSecretName } from "../log/secret-name.ts";

const LITERAL = /(["'`])((?:\\.|(?!\1).)*)\1?/g;
/** What stands in front of it: `password: `, `"password": `, `const key = env.KEY ?? `. */
const NAME_BEFORE = /([\w$.-]+)["'`\]]*\s*[:=]\s*(?:[\w$.]+\s*(?:\?\?|\|\|)\s*)?$/;
/** Too long and too mixed for a word: hexadecimal, base64url, or base64, which also has slashes as paths do. */
const RANDOM_LOOKING = /^(?=.*\d)(?=.*[A-Za-z])(?:[\w=-]{32,}|(?=.*[A-Z])(?=.*[a-z])[\w+/=-]{32,})$/;

/**
 * Takes what seems to be a secret out of a line of source: a literal under a secret name, and what looks like a key. Code stays
 * as it is, `token: string` too.
 */
export function scrubSource(line: string): string {
  // A line of a key that is a text of several lines, as PEM is.
  if (RANDOM_LOOKING.test(line.trim())) return line.replace(line.trim(), REDACTED);
  return line.replace(LITERAL, (literal: string, quote: string, content: string, at: number) => {
    const shown = isSecret(content, line.slice(0, at)) ? REDACTED : scrubText(content);
    return shown === content ? literal : quote + shown + quote;
  });
}

function isSecret(content: string, before: string): boolean {
  const name = NAME_BEFORE.exec(before)?.[1];
  return content !== "" && (RANDOM_LOOKING.test(content) || (name !== undefined && isSecretName(name)));
}
