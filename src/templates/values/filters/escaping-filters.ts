import { escapeHtml } from "../../../text/escape-html.ts";
import { JsonText } from "../../json-text.ts";
import { Markup } from "../../markup.ts";
import { UrlText } from "../../url-text.ts";
import type { Callable } from "../callable.ts";
import { checkTextLength } from "../limits.ts";
import { jsonOf } from "../text/json-of.ts";
import { urlEncoded } from "../text/url-encoded.ts";
import { toText } from "../to-text.ts";

/** The place escapes what is printed, so this changes nothing. The compiler refuses strategies that the place would not take. */
const ESCAPE: Callable = { parameters: ["strategy"], call: ([value]) => value };

export const ESCAPING_FILTERS: Readonly<Record<string, Callable>> = {
  e: ESCAPE,
  escape: ESCAPE,
  json_encode: { parameters: [], call: ([value]) => new JsonText(jsonOf(value)) },
  nl2br: { parameters: [], call: ([value]) => withLineBreaks(value) },
  raw: { parameters: [], call: ([value]) => (Markup.is(value) ? value : new Markup(toText(value))) },
  url_encode: { parameters: [], call: ([value]) => new UrlText(urlEncoded(value)) },
};

const LINE_BREAK = "<br />";

function withLineBreaks(value: unknown): Markup {
  const html = Markup.is(value) ? value.html : escapeHtml(toText(value));
  const withBreaks = html.replace(/\r\n|\n|\r/g, (end) => `${LINE_BREAK}${end}`);
  checkTextLength(withBreaks.length);
  return new Markup(withBreaks);
}
