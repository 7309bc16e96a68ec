/**
 * `print` is `{{`, `tag` is `{%`. A text in double quotes with `#{ }` in it comes in pieces: every `interpolation-end` is
 * followed by the `string` that goes on after it.
 */
export type TokenKind =
  | "text"
  | "print"
  | "print-end"
  | "tag"
  | "tag-end"
  | "name"
  | "number"
  | "string"
  | "interpolation"
  | "interpolation-end"
  | "sign"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  /** As written; of a string, what it stands for. */
  readonly text: string;
  /** Offset in the source. */
  readonly at: number;
}
