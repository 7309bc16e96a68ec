/**
 * Applies a pattern from one place of a text on.
 *
 * @param pattern Sticky, to match there; or global, to find the next place from there on.
 */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
