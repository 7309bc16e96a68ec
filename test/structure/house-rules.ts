import type { Token } from "../../src/check/source/tokenize.ts";
import { exportsOf } from "./exports-of.ts";
import { importsOf } from "./imports-of.ts";
import { moduleState } from "./module-state.ts";
import type { SourceFile } from "./project-files.ts";
import { isAnyType, isDefaultExport, isEnvironmentRead, isSleep, isUnrunTest } from "./token-predicates.ts";

const MAX_LINES = 200;
const MAX_LINES_OF_ALL = 300;
const EMPTY_NAMES = /^(?:(?:[\w-]+-)?(?:utils?|helpers?|manager|base|service)|types|misc|common)$/;

export interface HouseRule {
  /** Ends the sentence "A file …". */
  readonly says: string;
  readonly appliesTo: (name: string) => boolean;
  /** Says how a file breaks the rule, where it can with the number of the line in front. */
  readonly faults: (file: SourceFile) => readonly string[];
}

export type RuleName =
  | "environment"
  | "length"
  | "longest"
  | "defaultExport"
  | "unchecked"
  | "unfinished"
  | "name"
  | "mainExport"
  | "barrel"
  | "state"
  | "unrun"
  | "sleep";

const inSource = (name: string): boolean => name.startsWith("src/");
const isTest = (name: string): boolean => name.endsWith(".test.ts");
const anywhere = (): boolean => true;

export const HOUSE_RULES: Readonly<Record<RuleName, HouseRule>> = {
  environment: {
    says: "reads the environment in src/config/ only",
    appliesTo: (name) => inSource(name) && !name.startsWith("src/config/"),
    faults: ({ tokens }) => [
      ...linesWhere(tokens, "reads process.env", isEnvironmentRead),
      ...importsOf(tokens)
        .filter(({ specifier }) => /^(?:node:)?process$/.test(specifier))
        .map(({ line }) => `${line}: imports process instead of using the global one`),
    ],
  },
  length: {
    says: `has at most ${MAX_LINES} lines, unless it is a lexer or parser`,
    appliesTo: inSource,
    faults: (file) => tooLong(file, MAX_LINES),
  },
  longest: {
    says: `has at most ${MAX_LINES_OF_ALL} lines, whatever it is`,
    appliesTo: anywhere,
    faults: (file) => tooLong(file, MAX_LINES_OF_ALL),
  },
  defaultExport: {
    says: "exports nothing as default",
    appliesTo: anywhere,
    faults: ({ tokens }) => linesWhere(tokens, "default export", isDefaultExport),
  },
  unchecked: {
    says: "leaves no type unchecked",
    appliesTo: inSource,
    faults: ({ text, tokens }) => [
      ...linesWhere(tokens, "any", isAnyType),
      ...linesMatching(text, /@ts-(?:ignore|nocheck|expect-error)/),
    ],
  },
  unfinished: {
    says: "leaves no note about work to be done",
    appliesTo: (name) => !name.startsWith("test/structure/"),
    faults: ({ text }) => linesMatching(text, /\b(?:TODO|FIXME|XXX)\b/),
  },
  name: {
    says: "has a name that says what is in it",
    appliesTo: anywhere,
    faults: ({ name }) =>
      name
        .replace(/^test\/types\//, "") // the kind of test, as test/contracts/ is one
        .replace(/(?:\.test)?\.ts$/, "")
        .split("/")
        .filter((part) => EMPTY_NAMES.test(part))
        .map((part) => `"${part}" says nothing`),
  },
  mainExport: {
    says: "is named after one of its exports, whole or without the verb in front",
    appliesTo: inSource,
    faults: ({ name, tokens }) => {
      const own = /([^/]+)\.ts$/.exec(name)?.[1] ?? "";
      const names = exportsOf(tokens).map((exported) => exported.name);
      return names.some((exported) => isNamedAfter(own, exported)) ? [] : [`exports ${names.join(", ") || "nothing"}`];
    },
  },
  barrel: {
    says: "does more than pass on the exports of others",
    appliesTo: inSource,
    faults: ({ tokens }) => {
      const exported = exportsOf(tokens);
      return exported.length > 0 && exported.every(({ passedOn }) => passedOn) ? ["is a barrel"] : [];
    },
  },
  state: {
    says: "keeps no state outside of objects, unless it is in src/global/",
    appliesTo: (name) => inSource(name) && !name.startsWith("src/global/"),
    faults: ({ tokens }) => moduleState(tokens),
  },
  unrun: {
    says: "skips no test without a reason, and focuses and postpones none",
    appliesTo: isTest,
    faults: ({ tokens }) => linesWhere(tokens, "skipped, focused or postponed", isUnrunTest),
  },
  sleep: {
    says: "never sleeps in a test",
    appliesTo: isTest,
    faults: ({ tokens }) => linesWhere(tokens, "sleeps", isSleep),
  },
};

function tooLong({ text }: SourceFile, limit: number): readonly string[] {
  const lines = text.trimEnd().split("\n").length;
  return lines > limit ? [`${lines} lines`] : [];
}

/** `list` for `parseList`, `register-typescript` for `registerTypeScript`: a name may join what its export writes apart. */
function isNamedAfter(own: string, exported: string): boolean {
  const words = exported
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase()
    .split("-");
  return words.some((_, first) => words.slice(first).join("") === own.replaceAll("-", ""));
}

function linesWhere(
  tokens: readonly Token[],
  what: string,
  matches: (tokens: readonly Token[], at: number) => boolean,
): readonly string[] {
  return tokens.filter((_, at) => matches(tokens, at)).map(({ line }) => `${line}: ${what}`);
}

function linesMatching(text: string, pattern: RegExp): readonly string[] {
  return text.split("\n").flatMap((line, at) => {
    const found = pattern.exec(line)?.[0];
    return found === undefined ? [] : [`${at + 1}: ${found}`];
  });
}
