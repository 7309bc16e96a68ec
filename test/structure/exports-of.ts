import type { Token } from "../../src/check/source/tokenize.ts";

export interface Export {
  /** `*` where everything of another file is passed on. */
  readonly name: string;
  /** Whether it is gone once types are stripped. */
  readonly isType: boolean;
  /** Whether it only passes on what another file exports. */
  readonly passedOn: boolean;
}

const MODIFIERS = new Set(["abstract", "async", "declare"]);
const DECLARATIONS = new Set(["class", "const", "function", "interface", "let", "type"]);

/** Finds what a file exports under a name. A destructuring `export const { a } = …` is not read. */
export function exportsOf(tokens: readonly Token[]): readonly Export[] {
  return tokens.flatMap(({ kind, text, depth }, at) =>
    kind === "word" && text === "export" && depth === 0 ? exportAt(tokens, at + 1) : [],
  );
}

function exportAt(tokens: readonly Token[], start: number): readonly Export[] {
  let at = start;
  while (MODIFIERS.has(tokens[at]?.text ?? "")) at += 1;
  const word = tokens[at]?.text ?? "";
  const list = word === "type" ? at + 1 : at;
  if (tokens[list]?.text === "*") return [{ name: "*", isType: word === "type", passedOn: true }];
  if (tokens[list]?.text === "{") return listedExports(tokens, list + 1, word === "type");
  if (!DECLARATIONS.has(word)) return [];
  const name = tokens[at + 1]?.text === "*" ? tokens[at + 2] : tokens[at + 1];
  if (name?.kind !== "word") return [];
  return [{ name: name.text, isType: word === "interface" || word === "type", passedOn: false }];
}

function listedExports(tokens: readonly Token[], start: number, typeOnly: boolean): readonly Export[] {
  const end = tokens.findIndex(({ text }, at) => at >= start && text === "}");
  const passedOn = tokens[end + 1]?.text === "from";
  const names: Export[] = [];
  for (let at = start; at < end; at += 1) {
    const next = tokens[at + 1]?.text;
    if (next !== "," && next !== "}") continue;
    const { kind, text } = tokens[at] as Token;
    if (kind !== "word") continue;
    const first = entryStart(tokens, at, start);
    names.push({ name: text, isType: typeOnly || (first < at && tokens[first]?.text === "type"), passedOn });
  }
  return names;
}

function entryStart(tokens: readonly Token[], at: number, start: number): number {
  let first = at;
  while (first > start && tokens[first - 1]?.text !== ",") first -= 1;
  return first;
}
