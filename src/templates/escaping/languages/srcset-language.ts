import { toText } from "../../values/to-text.ts";
import { escapeUrl } from "../escapers/escape-url.ts";
import { UnsafePlace } from "../unsafe-place.ts";
import type { Language } from "./language.ts";
import { URL_LANGUAGE, URL_START, type UrlState } from "./url-language.ts";

export interface SrcsetState {
  readonly language: "srcset";
  /** `list`: before the URL of a candidate. */
  readonly part: "list" | "url" | "descriptor" | "either";
  readonly url: UrlState;
  readonly endsWithComma: boolean;
}

export const SRCSET_START: SrcsetState = { language: "srcset", part: "list", url: URL_START, endsWithComma: false };

const DESCRIPTOR = /^[\d.]*[wxh]?$/;

/** Candidates of pictures: a URL and how large or dense it is, separated by commas. */
export const SRCSET_LANGUAGE: Language<SrcsetState> = {
  read(state, character) {
    const isSpace = /[\t\n\f\r ]/.test(character);
    if (state.part === "list") return isSpace || character === "," ? state : readUrl(state, character);
    if (state.part === "url") {
      if (!isSpace) return readUrl(state, character);
      return state.endsWithComma ? SRCSET_START : { ...SRCSET_START, part: "descriptor" };
    }
    return state.part === "descriptor" && character === "," ? SRCSET_START : state;
  },

  print(state) {
    if (state.part === "list") {
      const { after } = URL_LANGUAGE.print(URL_START);
      return { after: { ...SRCSET_START, part: "url", url: after }, escape: escapeCandidates };
    }
    if (state.part === "descriptor") return { after: state, escape: escapeDescriptor };
    if (state.part === "either") {
      throw new UnsafePlace(
        "The branches before end in different parts of the list. Print the whole list as one value.",
      );
    }
    const url = URL_LANGUAGE.print(state.url);
    return {
      after: { ...state, url: url.after, endsWithComma: false },
      escape: (value) => withoutCommas(url.escape(value)),
    };
  },

  raw: (state) => ({ ...state, part: "either" }),

  join: (state) => ({ ...state, part: "either" }),
};

function readUrl(state: SrcsetState, character: string): SrcsetState {
  const url = URL_LANGUAGE.read(state.url, character);
  return { ...state, part: "url", url, endsWithComma: character === "," };
}

function escapeCandidates(value: unknown): string {
  return candidatesIn(toText(value))
    .map((candidate) => {
      const [url, ...descriptors] = candidate.trim().split(/\s+/);
      return [withoutCommas(escapeUrl(url)), ...descriptors.map(escapeDescriptor)].join(" ");
    })
    .join(", ");
}

/** A comma ends a candidate only beside white space. */
function candidatesIn(text: string): readonly string[] {
  const candidates: string[] = [];
  let isInUrl = false;
  for (const part of text.split(",")) {
    if (isInUrl && !/^\s/.test(part)) candidates.push(`${candidates.pop()},${part}`);
    else candidates.push(part);
    isInUrl = /\S$/.test(part);
  }
  return candidates;
}

function escapeDescriptor(value: unknown): string {
  const text = toText(value);
  return DESCRIPTOR.test(text) ? text : "";
}

function withoutCommas(url: string): string {
  return url.replaceAll(",", "%2C");
}
