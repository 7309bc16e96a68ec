import { isDeepStrictEqual } from "node:util";
import { JSON_LANGUAGE, type JsonState } from "./languages/json-language.ts";
import type { Language, Printing } from "./languages/language.ts";
import { PLAIN_LANGUAGE, type PlainState } from "./languages/plain-language.ts";
import { SCRIPT_LANGUAGE } from "./languages/script-language.ts";
import type { ScriptState } from "./languages/script-state.ts";
import { SRCSET_LANGUAGE, type SrcsetState } from "./languages/srcset-language.ts";
import { STYLE_LANGUAGE, type StyleState } from "./languages/style-language.ts";
import { URL_LANGUAGE, type UrlState } from "./languages/url-language.ts";

/** What an attribute or a raw text element holds, and where in it something stands. */
export type Content = PlainState | UrlState | SrcsetState | StyleState | ScriptState | JsonState;

type LanguageName = Content["language"];
type StateOf<Name extends LanguageName> = Content extends infer State
  ? State extends { readonly language: infer Names }
    ? Name extends Names
      ? State
      : never
    : never
  : never;

const LANGUAGES: { readonly [Name in LanguageName]: Language<StateOf<Name>> } = {
  plain: PLAIN_LANGUAGE,
  words: PLAIN_LANGUAGE,
  refused: PLAIN_LANGUAGE,
  url: URL_LANGUAGE,
  srcset: SRCSET_LANGUAGE,
  style: STYLE_LANGUAGE,
  script: SCRIPT_LANGUAGE,
  json: JSON_LANGUAGE,
};

/** Each state is only ever given to the language that it names. */
function languageOf(content: Content): Language<Content> {
  return LANGUAGES[content.language] as Language<unknown> as Language<Content>;
}

export function readContent(content: Content, character: string): Content {
  return languageOf(content).read(content, character);
}

/** @throws {UnsafePlace} where no escaping is safe. */
export function printContent(content: Content): Printing<Content> {
  return languageOf(content).print(content);
}

export function rawContent(content: Content): Content {
  return languageOf(content).raw(content);
}

export function joinContents(one: Content, other: Content): Content | undefined {
  if (isDeepStrictEqual(one, other)) return one;
  return one.language === other.language ? languageOf(one).join(one, other) : undefined;
}
