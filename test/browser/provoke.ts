/** What a page says about itself after somebody has tried everything in it. */
export interface Provoked {
  /** Everything that has run, or could. */
  readonly hits: readonly string[];
  /** For each box its elements with the names of their attributes. */
  readonly outlines: readonly string[];
  /** For each box what stands in the place. */
  readonly reads: readonly unknown[];
}

/**
 * The program that does so, in the browser: clicks and focuses everything, and calls all handlers.
 *
 * A click that would only lead to another page is not followed. Every other link is, so that whatever it runs is run.
 *
 * @param reads The expression that reads a place, with its element as `box`.
 */
export function provocation(reads: string | undefined): string {
  return `(async () => {
    const LEADS_AWAY = /^(?:https?|mailto|tel|about):/;
    const stay = (event) => {
      const element = event.submitter ?? event.target.closest("a, button, form") ?? document.body;
      const address = event.type === "submit" ? event.submitter?.formAction || event.target.action : element.href;
      const text = address?.baseVal ?? String(address);
      // What is no address, such as one with a broken host, leads nowhere.
      const url = URL.canParse(text, document.baseURI) ? new URL(text, document.baseURI).href : "about:";
      if (LEADS_AWAY.test(url)) event.preventDefault();
      else if (event.type === "submit" || element.localName === "a") hits.push("leads to " + url);
    };
    addEventListener("click", stay);
    addEventListener("submit", stay);
    const boxes = [...document.querySelectorAll("body > .box")];
    for (const element of boxes.flatMap((box) => [...box.querySelectorAll("*")])) {
      for (const { name } of [...element.attributes]) {
        if (name.startsWith("on")) element.dispatchEvent(new Event(name.slice(2), { cancelable: true }));
      }
      for (const type of ["mouseover", "pointerenter", "mouseenter", "focus", "error", "load"]) {
        element.dispatchEvent(new Event(type));
      }
      element.focus?.();
      if (element.click) element.click();
      else element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const outline = (element) => [element.localName, ...element.getAttributeNames()].join(" ");
    const wellFormed = (value) => (typeof value === "string" ? value.toWellFormed() : value);
    return {
      hits,
      outlines: boxes.map((box) => [...box.querySelectorAll("*")].map(outline).join(", ")),
      reads: boxes.map((box) => wellFormed(${reads})),
    };
  })()`;
}
