import {
  escapeAfterRoot,
  escapeCodePath,
  escapeCodePathAfterRoot,
  escapeComponent,
  escapeHost,
  escapeOpaque,
  escapePath,
  escapePathStart,
  escapeSameSiteUrl,
  escapeUrl,
} from "../escapers/escape-url.ts";
import { UnsafePlace } from "../unsafe-place.ts";
import type { Escaper, Language, Printing } from "./language.ts";

/**
 * Where in a URL something stands.
 *
 * `printed`: after a value, where no slash was seen yet; `root`: after the one slash at the beginning; `opaque`: after `mailto:`;
 * `refused`: after `javascript:` and its like; `either`: after branches that end differently; `open`: after such branches, where a
 * scheme may still come out.
 */
type Part =
  | ("start" | "scheme" | "printed" | "authority" | "root" | "path" | "query" | "opaque")
  | ("refused" | "either" | "open");

export interface UrlState {
  readonly language: "url";
  /** Whether what it names is run, or shown as a frame. */
  readonly loadsCode: boolean;
  readonly part: Part;
  /** The letters that may become a scheme; of an authority, not empty once its host has begun. */
  readonly letters: string;
  /** Whether a value was printed where it may have become the beginning of a scheme. */
  readonly isPrinted: boolean;
}

export const URL_START: UrlState = { language: "url", loadsCode: false, part: "start", letters: "", isPrinted: false };
export const CODE_URL_START: UrlState = { ...URL_START, loadsCode: true };

const WITH_HOST = /^(?:https?|wss?|ftp)$/i;
const RUNS = /^(?:javascript|vbscript|livescript|data|blob|filesystem|view-source|about|jar|file)$/i;
const SCHEME = /^[a-z][a-z0-9+.-]*$/i;
const MAX_SCHEME_CHARACTERS = 64;

const ESCAPERS: Readonly<Record<Part, Escaper | undefined>> = {
  start: escapeUrl,
  scheme: escapePathStart,
  printed: escapePathStart,
  authority: escapeHost,
  root: escapeAfterRoot,
  path: escapePath,
  query: escapeComponent,
  opaque: escapeOpaque,
  refused: undefined,
  either: undefined,
  open: undefined,
};

const CODE_ESCAPERS: Readonly<Record<Part, Escaper | undefined>> = {
  ...ESCAPERS,
  start: escapeSameSiteUrl,
  scheme: escapeCodePath,
  printed: escapeCodePath,
  authority: undefined,
  root: escapeCodePathAfterRoot,
  path: escapeCodePath,
  opaque: undefined,
};

/** A URL: what may be printed depends on what stands before. */
export const URL_LANGUAGE: Language<UrlState> = {
  read(state, character) {
    if (/[\t\n\r]/.test(character)) return state;
    switch (state.part) {
      case "start":
        return character <= " " ? state : readFirst(state, character);
      case "scheme":
        return readScheme(state, character);
      case "printed":
        return readPrinted(state, character);
      case "authority":
        if (/[/\\]/.test(character)) return state.letters === "" ? state : at(state, "path");
        return /[?#]/.test(character) ? at(state, "query") : { ...state, letters: "host" };
      case "root":
        if (/[/\\]/.test(character)) return at(state, "authority");
        return at(state, /[?#]/.test(character) ? "query" : "path");
      case "path":
        return /[?#]/.test(character) ? at(state, "query") : state;
      case "either":
        return /[?#&=]/.test(character) ? at(state, "query") : state;
      case "open":
        return readOpen(state, character);
      default:
        return state;
    }
  },

  print(state): Printing<UrlState> {
    const escaper = (state.loadsCode ? CODE_ESCAPERS : ESCAPERS)[state.part];
    if (escaper === undefined) throw new UnsafePlace(problemOf(state));
    const isOpen = state.part === "start" || state.part === "scheme";
    if (isOpen) return { after: { ...at(state, "printed"), isPrinted: true }, escape: escaper };
    if (state.part === "authority") return { after: { ...state, letters: "host" }, escape: escaper };
    return { after: state.part === "root" ? at(state, "path") : state, escape: escaper };
  },

  raw(state) {
    if (!canBecomeScheme(state)) return state;
    return { ...at(state, "open"), isPrinted: true };
  },

  join(one, other) {
    if (one.loadsCode !== other.loadsCode) return undefined;
    const isPrinted = one.isPrinted || other.isPrinted;
    if (one.part === "refused" || other.part === "refused") return { ...at(one, "refused"), isPrinted };
    const isSame = one.part === other.part && (one.part !== "scheme" || one.letters === other.letters);
    if (!isSame) return { ...at(one, canBecomeScheme(one) || canBecomeScheme(other) ? "open" : "either"), isPrinted };
    return { ...one, letters: one.letters === other.letters ? one.letters : "", isPrinted };
  },
};

function at(state: UrlState, part: Part): UrlState {
  return { ...state, part, letters: "" };
}

function canBecomeScheme({ part }: UrlState): boolean {
  return part === "start" || part === "scheme" || part === "printed" || part === "open";
}

function readFirst(state: UrlState, character: string): UrlState {
  if (/[/\\]/.test(character)) return at(state, "root");
  if (/[?#]/.test(character)) return at(state, "query");
  return SCHEME.test(character) ? { ...state, part: "scheme", letters: character } : at(state, "path");
}

function readScheme(state: UrlState, character: string): UrlState {
  if (/[/\\]/.test(character)) return at(state, "path");
  if (/[?#]/.test(character)) return at(state, "query");
  if (character === ":") {
    if (RUNS.test(state.letters)) return at(state, "refused");
    return at(state, WITH_HOST.test(state.letters) ? "authority" : "opaque");
  }
  const letters = state.letters + character;
  return SCHEME.test(letters) && letters.length <= MAX_SCHEME_CHARACTERS ? { ...state, letters } : at(state, "path");
}

function readPrinted(state: UrlState, character: string): UrlState {
  if (/[/\\]/.test(character)) return at(state, "root");
  if (/[?#&=]/.test(character)) return at(state, "query");
  if (character === ":") throw schemeIsPrinted();
  return state;
}

function readOpen(state: UrlState, character: string): UrlState {
  if (/[?#&=]/.test(character)) return at(state, "query");
  if (/[/\\]/.test(character)) return at(state, "either");
  if (character !== ":") return state;
  if (state.isPrinted) throw schemeIsPrinted();
  return at(state, "refused");
}

function schemeIsPrinted(): UnsafePlace {
  return new UnsafePlace(
    'A colon here makes a scheme of the value before it, which could be "javascript". Print the whole URL as one value, or write the scheme yourself.',
  );
}

function problemOf({ part }: UrlState): string {
  if (part === "authority") {
    return "What is loaded here is run or framed, so its host has to be written in the template. Write the host itself, and print what comes after it.";
  }
  if (part === "either" || part === "open") {
    return "The branches before end in different parts of the URL, so that nobody can say how to encode this. Print the whole URL as one value, or end each branch alike.";
  }
  return "A URL with this scheme can run code, and no value is safe in it. Write a script that reads the value from a data attribute.";
}
