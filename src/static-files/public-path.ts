/** The one folder with a dot that the web has a use for, and only at the top. */
const WELL_KNOWN = ".well-known";

/** Compressed or not, a file is what it is. */
const COMPRESSED = /(?:\.(?:br|gz))+$/i;

/**
 * What editors, tools and databases leave behind, and what only developers need: the original sources in a map, the state of a
 * file before it was saved, the data itself with its journals.
 */
const NEVER_PUBLIC = /~$|^#.*#$|\.(?:map|bak|backup|copy|old|orig|rej|save|sw[a-p]|te?mp|db3?(?:-\w+)?|sqlite[\w-]*)$/i;

/** No file system knows longer ones, in bytes or in characters. */
const MAX_NAME_LENGTH = 255;

/** Control characters, what Windows reads as something else, and a dot or space at the end, which it cuts off. */
const NOT_A_NAME = /[\p{Cc}\\/:*?"<>|]|[. ]$/u;

/** What a path may hold as it is (RFC 3986 §3.3), although `encodeURIComponent` encodes it. */
const NEEDLESSLY_ENCODED = /%(?:24|26|2B|2C|3A|3B|3D|40)/g;

/**
 * Reads a request's path as the path of a file that may be public.
 *
 * Each file has one spelling, the one that browsers use: percent codes in capitals, for what cannot stand in a path and for nothing
 * else. A second spelling would lead around a route, and its guard, that stands on the first.
 *
 * @param path Canonical and percent-encoded, as routes are matched against. It is decoded here, once.
 * @returns The names, the last one empty for a path that ends in a slash; `null` when no file under that path is ever served.
 * @see CWE-22, CWE-530, CWE-538
 */
export function publicPath(path: string): readonly string[] | null {
  const segments = path.slice(1).split("/");
  const names = segments.map(decodeURIComponent);
  return names.every(isPublic) && names.every((name, index) => spell(name) === segments[index]) ? names : null;
}

/** The path under which a file is public: the one spelling that `publicPath` takes. */
export function spellPath(names: readonly string[]): string {
  return `/${names.map(spell).join("/")}`;
}

function spell(name: string): string {
  return encodeURIComponent(name).replace(NEEDLESSLY_ENCODED, decodeURIComponent);
}

function isPublic(name: string, index: number, names: readonly string[]): boolean {
  const isLast = index === names.length - 1;
  if (name === "") return isLast;
  if (name.length > MAX_NAME_LENGTH) return false;
  if (name.startsWith(".") && (name !== WELL_KNOWN || index > 0 || isLast)) return false;
  return !NOT_A_NAME.test(name) && !NEVER_PUBLIC.test(name.replace(COMPRESSED, ""));
}
