import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Context, contextKey, PAGE_TEXT } from "../../../src/templates/escaping/context.ts";
import { readText } from "../../../src/templates/escaping/read-text.ts";
import { UnsafePlace } from "../../../src/templates/escaping/unsafe-place.ts";
import { XSS_STRINGS } from "../xss-strings.ts";

const stateAfter = (text: string): string => readText(PAGE_TEXT, text).context.state;

/** What a browser's tokenizer is in after a text. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  text: [
    "a < b",
    "<<b>",
    "</>",
    "<!-->",
    "<!--->",
    "<!---->",
    "<!-- a --!>",
    "<!-- <!-->",
    "<!-- --->",
    "<!>",
    "<!->",
    "<?a>",
    "</ a>",
    "<!doctype html 'a>",
    "<p a='>'>",
    "<p a=b'>",
    "<p a=>",
    "<p a='b'c>",
    "<P/A/>",
    "<script></script>",
    "<SCRIPT></sCripT >",
    "<script></script/x='>'>",
    "<script><!--</script>",
    "<script><!--<script></script></script>",
    "<script><!--<script>--></script>",
    "<script><!--><script></script>",
    "<script><!--<scripty></script>",
    "<style><!--</style>",
    "<style></styl></style>",
    "<title><b></title>",
    "<textarea><<</textarea\n>",
    "<svg><title>a</title></svg>",
    "<svg><script/x></script></svg>",
    "<noscript><p a='<'></noscript>",
  ],
  element: [
    "<script>",
    "<script/>",
    "<script></scripty>",
    "<script><!--<script></script>",
    "<script><!--<script ></script>a",
    "<style>'</p>",
    "<title></textarea>",
    "<xmp><b>",
    "<iframe></p>",
  ],
  comment: ["<!--", "<!-- >", "<!---!>", "<!-- -- >", "<!-- --!->", "<!-- --!-"],
  bogusComment: ["<!a", "<?", "</1", "<!-a"],
  doctype: ["<!DOCTYPE html", "<!docType"],
  plaintext: ["<plaintext></plaintext>"],
  value: ["<p a='>", '<p a="b', "<p a=b", "<p a= b", "<p a=b/", "<p a = '", "<p a=\n'"],
  beforeAttribute: ["<p ", "<p/", "<p a='b'", "<p a=b "],
  tagName: ["<p", "</p", "<p<"],
  attributeName: ["<p a", "<p a'b", "<p 'a", "<p/a"],
};

describe("readText", () => {
  for (const [state, texts] of Object.entries(STATES)) {
    it(`follows a page as browsers do to: ${state}`, () => {
      for (const text of texts) assert.equal(stateAfter(text), state, text);
    });
  }

  it("comes to the same place in whatever pieces the text is read, and changes nothing in it", () => {
    const pieces = fc.array(
      fc.constantFrom(...XSS_STRINGS, "<p title=", "<a href='", "<script>", "</script>", "'>", "&"),
    );
    const same = fc.property(pieces, fc.nat(), (parts, cut) => {
      const text = parts.join("");
      const whole = readSafely(PAGE_TEXT, text);
      const head = readSafely(PAGE_TEXT, text.slice(0, cut % (text.length + 1)));
      const tail = head && readSafely(head.context, text.slice(cut % (text.length + 1)));
      assert.equal(tail && contextKey(tail.context), whole && contextKey(whole.context));
      if (whole !== undefined) assert.equal(whole.text, text);
    });
    fc.assert(same, { seed: 7, numRuns: 200 });
  });

  it("says at which character a text cannot go on", () => {
    const errors: readonly (readonly [text: string, offset: number, problem: RegExp])[] = [
      ["a<p =b>", 4, /begins with =/],
      ["<svg><![CDATA[", 13, /CDATA/],
      ["<noscript><p a='</noscript>", 25, /end the noscript element here/],
      ["<svg><title><b>", 13, /In svg and math a tag inside/],
      ["<svg><title></svg>", 14, /In svg and math a tag inside/],
      ["<svg><style/>", 12, /has no content/],
      ["<a onclick='&hearts;'>", 19, /is not understood/],
    ];
    for (const [text, offset, problem] of errors) {
      const fails = (error: unknown) =>
        error instanceof UnsafePlace && error.offset === offset && problem.test(error.problem);
      assert.throws(() => readText(PAGE_TEXT, text), fails, text);
    }
  });
});

/** Some texts cannot be followed; then no piece of them may go further. */
function readSafely(context: Context, text: string): { context: Context; text: string } | undefined {
  try {
    return readText(context, text);
  } catch (error) {
    if (error instanceof UnsafePlace) return undefined;
    throw error;
  }
}
