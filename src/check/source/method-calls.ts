import type { Token } from "./tokenize.ts";

/** Finds the calls of a method: `Auth.getPayload(`, whatever stands before `Auth`. Case counts in the method alone. */
export function methodCalls(tokens: readonly Token[], object: string, method: string): readonly Token[] {
  return tokens.filter(
    (token, at) =>
      token.kind === "word" &&
      token.text === method &&
      isMark(tokens[at + 1], "(") &&
      (isMark(tokens[at - 1], ".") || isMark(tokens[at - 1], "?.")) &&
      tokens[at - 2]?.text.toLowerCase() === object.toLowerCase(),
  );
}

/** Whether a token is this piece of punctuation. */
export function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}
