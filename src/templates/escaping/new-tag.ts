import { isDecisive } from "./attribute-content.ts";
import type { ScriptKind, Tag } from "./context.ts";
import { UnsafePlace } from "./unsafe-place.ts";

/** The essences of MIME types that browsers run, see https://mimesniff.spec.whatwg.org/#javascript-mime-type */
const JAVASCRIPT_TYPE =
  /^(?:(?:application|text)\/(?:x-)?(?:ecma|java)script|text\/(?:javascript1\.[0-5]|jscript|livescript)|module)?$/;
const JSON_TYPE = /^(?:(?:application|text)\/(?:[\w.-]+\+)?json|speculationrules)$/;

/** Links that only name something, or a picture. */
const HARMLESS_LINKS: ReadonlySet<string> = new Set(
  (
    "alternate apple-touch-icon author bookmark canonical dns-prefetch help icon license me next preconnect prev privacy-policy " +
    "search shortcut shortlink tag terms-of-service webmention"
  ).split(" "),
);

export function newTag(element: string, isEnd: boolean): Tag {
  return {
    element,
    isEnd,
    isSelfClosing: false,
    script: undefined,
    refresh: undefined,
    link: undefined,
    isContentPrinted: false,
  };
}

/**
 * What an attribute adds to what is known of its tag. Of several with one name browsers take the first.
 *
 * @param literal Its value as the template has it; `undefined` when a value was printed into it.
 */
export function withAttribute(tag: Tag, attribute: string, literal: string | undefined): Tag {
  if (!isDecisive(tag, attribute)) return tag;
  // An entity may hide anything: then it is taken for the worst.
  const text = literal?.includes("&") ? undefined : literal?.trim().toLowerCase();
  if (tag.element === "link") return { ...tag, link: tag.link ?? linkKind(text) };
  if (tag.element === "meta") return withRefresh(tag, text);
  const kind = scriptKind(attribute === "language" && text ? `text/${text}` : text);
  // The language only counts where no type is given; one of JavaScript changes nothing.
  if (attribute === "language" && kind === "javascript") return tag;
  return { ...tag, script: tag.script ?? kind };
}

function linkKind(rel: string | undefined): "harmless" | "loads" {
  const kinds = rel?.split(/\s+/) ?? [];
  return kinds.length > 0 && kinds.every((kind) => HARMLESS_LINKS.has(kind)) ? "harmless" : "loads";
}

function withRefresh(tag: Tag, httpEquiv: string | undefined): Tag {
  const refresh = tag.refresh ?? (httpEquiv === undefined || httpEquiv === "refresh" ? "yes" : "no");
  if (refresh === "yes" && tag.isContentPrinted) {
    throw new UnsafePlace(
      "The value printed into content before would be the target of a meta refresh. Redirect with an answer of the server instead.",
    );
  }
  return { ...tag, refresh };
}

/** Parameters of a type are not looked at by browsers, except that they make a script no script: nothing is printed there. */
function scriptKind(type: string | undefined): ScriptKind {
  if (type === undefined) return "other";
  if (JAVASCRIPT_TYPE.test(type)) return "javascript";
  return JSON_TYPE.test(type) ? "json" : "other";
}
