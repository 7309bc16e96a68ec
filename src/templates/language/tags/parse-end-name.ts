import type { TokenReader } from "../token-reader.ts";

/** Reads what may follow in `{% endblock title %}`. */
export function parseEndName(tokens: TokenReader, end: string, name: string): void {
  if (tokens.isNext("name")) {
    const { text, at } = tokens.next();
    if (text !== name) tokens.fail(`{% ${end} ${text} %} ends "${name}". Write that name, or none.`, at);
  }
  tokens.expectEnd("tag-end");
}
