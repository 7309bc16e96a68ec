import { Markup } from "../../markup.ts";
import { UrlText } from "../../url-text.ts";
import { percentCode, wellFormed } from "../../values/text/url-encoded.ts";
import { toText } from "../../values/to-text.ts";

/** What a URL becomes that could run code, or load it from another site. Following it does nothing. */
const BLOCKED_URL = "about:invalid#blocked";

const PLAIN = /^[\w.~-]*$/;
/** Browsers ignore these wherever they stand. */
const BREAKS = /[\t\n\r]/g;
/** Either one of the schemes that run nothing, or no scheme: no colon before the first slash, question mark or hash. */
const HARMLESS = /^(?:(?:https?|mailto|tel):|[^:/?#\\]*(?:[/?#\\]|$))/i;
const OTHER_HOST = /^[/\\]{2}/;
const ONLY_DOTS = /^(?:\.|%2e)+$/i;

/** A whole URL: `http`, `https`, `mailto`, `tel`, or one without a scheme. */
export function escapeUrl(value: unknown): string {
  const url = urlText(value);
  return HARMLESS.test(url) ? normalized(url) : BLOCKED_URL;
}

/** A whole URL that stays on this site, for places that load code and frames. */
export function escapeSameSiteUrl(value: unknown): string {
  const url = urlText(value);
  if (/^[^/?#\\]*:/.test(url) || OTHER_HOST.test(url)) return BLOCKED_URL;
  // The text after it may begin with a slash, and two would name a host.
  return url === "/" || url === "\\" ? "/." : normalized(url);
}

/** What follows a scheme and its slashes: a host, with or without more. */
export function escapeHost(value: unknown): string {
  return normalized(urlText(value));
}

/** A piece of a path, which may have slashes; it begins neither a query nor a fragment. */
export function escapePath(value: unknown): string {
  if (UrlText.is(value)) return String(value);
  const text = toText(plainText(value));
  return PLAIN.test(text) ? text : normalized(text).replace(/[?#]/g, percentCode);
}

/** The beginning of a path, where a scheme could still be made. */
export function escapePathStart(value: unknown): string {
  return escapePath(value).replaceAll(":", "%3A");
}

/** What follows the one slash at the beginning of a path: a second one would name another host. */
export function escapeAfterRoot(value: unknown): string {
  return escapePath(value).replace(/^\/+/, (slashes) => "%2F".repeat(slashes.length)) || ".";
}

/** A value of a query, or a fragment. */
export function escapeComponent(value: unknown): string {
  if (UrlText.is(value)) return String(value);
  const text = toText(plainText(value));
  return PLAIN.test(text) ? text : encodeURIComponent(wellFormed(text)).replace(/['()]/g, percentCode);
}

/** One name in a path that leads to code: neither a slash nor a step upwards. */
export function escapeCodePath(value: unknown): string {
  const name = escapeComponent(value);
  return ONLY_DOTS.test(name) ? name.replace(/\./g, "%252E") : name;
}

/** As `escapeCodePath`, after the one slash at the beginning. */
export function escapeCodePathAfterRoot(value: unknown): string {
  return escapeCodePath(value) || ".";
}

/** An address of `mailto:`, a number of `tel:`. */
export function escapeOpaque(value: unknown): string {
  return escapeComponent(value).replace(/%(?:40|2B|2C|3B|3A|2F|3D)/g, decodeURIComponent);
}

/** Drops what browsers drop, so that what is looked at is what they see. */
function urlText(value: unknown): string {
  return withoutBlankEnds(toText(plainText(value)).replace(BREAKS, ""));
}

/** Without white space and control characters at both ends. A pattern would take for ever where many stand in the middle. */
function withoutBlankEnds(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charAt(start) <= " ") start += 1;
  while (end > start && text.charAt(end - 1) <= " ") end -= 1;
  return text.slice(start, end);
}

/** A URL is no place for entities: those that our own escaping makes are undone, and then it is a text like any other. */
function plainText(value: unknown): unknown {
  if (!Markup.is(value)) return value;
  return value.html.replace(/&(?:amp|lt|gt|quot|#39|#96|#13);/g, (entity) => DECODED[entity] ?? entity);
}

const DECODED: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&#96;": "`",
  "&#13;": "\r",
};

/** Leaves what has a meaning in URLs, percent codes too, and encodes the rest. A backslash would be read as a slash. */
function normalized(url: string): string {
  if (PLAIN.test(url)) return url;
  return encodeURI(wellFormed(url))
    .replace(/%25(?=[0-9a-f]{2})/gi, "%")
    .replace(/['()]/g, percentCode);
}
