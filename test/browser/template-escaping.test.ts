import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CODE_STRINGS } from "../templates/xss/code-strings.ts";
import { XSS_PLACES, type XssPlace } from "../templates/xss-places.ts";
import { XSS_STRINGS } from "../templates/xss-strings.ts";
import { NO_CHROMIUM, useChromium, type Visitor } from "./chromium.ts";
import { type HostilePages, serveHostilePages } from "./hostile-pages.ts";
import { type Provoked, provocation } from "./provoke.ts";

/** What is not escaped has to be noticed, or this would prove nothing. */
const UNGUARDED: readonly XssPlace[] = [
  { name: "text", template: "<p>{{ v|raw }}</p>" },
  { name: "link", template: '<a href="{{ v|raw }}">x</a>' },
  { name: "handler", template: '<button onclick="{{ v|raw }}">x</button>' },
];
const RUNNING = ["<img src=x onerror=hit()>", "javascript:hit()", "__hit=true"];

/** The first is harmless: with all others its page must look the same. A frame is slow to load, so that only some get one. */
function valuesOf({ template }: XssPlace): readonly string[] {
  if (template.includes("|raw")) return RUNNING;
  return ["x", ...(/<(?:iframe|object)/.test(template) ? (CODE_STRINGS.schemes ?? []) : XSS_STRINGS)];
}

describe("a page full of hostile values", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  let pages: HostilePages;
  let visitor: Visitor;
  before(async () => {
    pages = await serveHostilePages([...XSS_PLACES, ...UNGUARDED], valuesOf);
    visitor = await chromium.visitor();
  });
  after(async () => {
    await visitor?.leave();
    await pages?.close();
  });

  for (const [index, place] of UNGUARDED.entries()) {
    it(`notices what |raw lets run: ${place.name}`, async () => {
      await visitor.page.goto(`${pages.origin}/${XSS_PLACES.length + index}`);
      const { hits } = await visitor.page.evaluate<Provoked>(provocation(place.reads));
      assert.notDeepEqual(hits, []);
    });
  }

  for (const [index, place] of XSS_PLACES.entries()) {
    it(`runs none of them: ${place.name}`, async () => {
      await visitor.page.goto(`${pages.origin}/${index}`);
      const { hits, outlines, reads } = await visitor.page.evaluate<Provoked>(provocation(place.reads));
      assert.deepEqual(hits, []);
      const values = valuesOf(place);
      assert.equal(outlines.length, values.length);
      for (const [at, value] of values.entries()) {
        assert.equal(outlines[at], outlines[0], JSON.stringify(value));
        if (place.reads !== undefined) assert.ok(isShownAs(reads[at], value), JSON.stringify([reads[at], value]));
      }
    });
  }
});

/** No page can carry half of a surrogate pair, and no HTML a NUL: U+FFFD stands for both. */
function isShownAs(read: unknown, value: string): boolean {
  const sent = value.replace(/\p{Surrogate}/gu, "\uFFFD");
  return read === sent || read === sent.replaceAll("\0", "\uFFFD");
}
