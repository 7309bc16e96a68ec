import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { statementsOf } from "./statements-of.mjs";

const HIDDEN = /^(?:private|protected|#|constructor\(|export \{\};)/;
const SENTENCE = /^.*?[.?!](?=\s|$)/s;

/** The declarations of a built package, file by file. */
export class Declarations {
  #folder;
  #files = new Map();

  constructor(folder) {
    this.#folder = folder;
  }

  /** What a file exports, as a user imports it: each name with the file that declares it. */
  exportsOf(file) {
    return this.#statements(file).flatMap(({ text }) => {
      const [, list, from] = /^export (?:type )?\{([^}]*)\} from "([^"]+)";$/s.exec(text) ?? [];
      if (list !== undefined) return namesIn(list).map((name) => ({ name, file: besides(file, from) }));
      const [, name] =
        /^export (?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/.exec(text) ?? [];
      return name === undefined ? [] : [{ name, file }];
    });
  }

  /** How a name is declared: its kind, its signatures, its first sentence, and its members, those that it inherits included. */
  find(file, name) {
    const found = this.#statements(file).filter(({ text }) => declares(text, name));
    if (found.length === 0) throw new Error(`${file} declares no ${name}.`);
    const parts = found.map(({ text }) => partsOf(text));
    return {
      name,
      sentence: found.map(({ doc }) => sentenceOf(doc)).find(Boolean) ?? "",
      signatures: parts.map(({ head }) => head),
      members: this.#membersOf(file, found, parts),
    };
  }

  #membersOf(file, found, parts) {
    const own = parts.flatMap(({ body }) =>
      body === undefined ? [] : statementsOf(body).filter(({ text }) => !HIDDEN.test(text)),
    );
    const members = own.map(({ doc, text }) => ({
      signature: oneLine(text).replace(/;$/, ""),
      sentence: sentenceOf(doc),
    }));
    const inherited = parts.flatMap(({ head }) => this.#inherited(file, head));
    const picked = found.flatMap(({ text }) => this.#picked(file, text));
    const names = new Set(members.map(nameOf));
    return [...members, ...[...inherited, ...picked].filter((member) => !names.has(nameOf(member)))];
  }

  #inherited(file, head) {
    const [, parent] = / extends (\w+)(?:<[^{]*>)?$/.exec(head) ?? [];
    const home = parent === undefined ? undefined : this.#homeOf(file, parent);
    return home === undefined ? [] : this.find(home.file, home.name).members;
  }

  /** `Pick<Type, keyof Type>` and `Pick<Type, Names>`, as the module-level `Auth` and `Frond` are declared. */
  #picked(file, text) {
    const [, type, keys] = /: Pick<(\w+), ([^>]+)>;$/.exec(text) ?? [];
    const home = type === undefined ? undefined : this.#homeOf(file, type);
    if (home === undefined) return [];
    const { members } = this.find(home.file, home.name);
    if (keys.startsWith("keyof")) return members;
    const union = this.#statements(file).find((statement) => declares(statement.text, keys))?.text ?? "";
    return members.filter((member) => union.includes(`"${nameOf(member)}"`));
  }

  /** Where a name that a file uses is declared: the file itself, or one that it imports. */
  #homeOf(file, name) {
    if (this.#statements(file).some(({ text }) => declares(text, name))) return { file, name };
    for (const { text } of this.#statements(file)) {
      const [, list, from] = /^import (?:type )?\{([^}]*)\} from "(\.[^"]+)";$/s.exec(text) ?? [];
      const [imported] = (list ?? "").split(",").filter((entry) => entry.trim().split(/\s+/).at(-1) === name);
      if (imported === undefined) continue;
      const [original] = imported
        .trim()
        .replace(/^type /, "")
        .split(/\s+/);
      return { file: besides(file, from), name: original };
    }
    return undefined;
  }

  #statements(file) {
    const known = this.#files.get(file) ?? statementsOf(readFileSync(join(this.#folder, file), "utf8"));
    this.#files.set(file, known);
    return known;
  }
}

function besides(file, specifier) {
  return join(dirname(file), specifier).replace(/\.ts$/, ".d.ts");
}

function namesIn(list) {
  const entries = list.split(",").map((entry) => entry.trim().replace(/^type /, ""));
  return entries.filter((entry) => entry !== "").map((entry) => entry.split(/\s+/).at(-1));
}

function declares(text, name) {
  const pattern = `^(?:export )?(?:declare )?(?:abstract )?(?:class|const|function|interface|type) ${name}\\b`;
  return new RegExp(pattern).test(text);
}

/** The line that says what it is, and what stands in its braces. */
function partsOf(text) {
  const said = text.replace(/^export /, "").replace(/^declare /, "");
  const [, head, body] = /^((?:abstract )?(?:class|interface) [^{]+)\{(.*)\}$/s.exec(said) ?? [];
  if (head === undefined) return { head: oneLine(said).replace(/;$/, "") };
  return { head: oneLine(head), body };
}

function nameOf({ signature }) {
  return /^(?:static |readonly |get |set |abstract )*([\w[\]"]+)/.exec(signature)?.[1] ?? signature;
}

function oneLine(text) {
  return text
    .replace(/\/\*\*.*?\*\//gs, "")
    .replace(/\s+/g, " ")
    .replace(/,(?= [})\]])/g, "")
    .trim();
}

/** The first sentence of a doc comment; that of `@returns` where it says nothing else. */
function sentenceOf(doc) {
  const text = doc
    .replace(/^\/\*\*|\*\/$/g, "")
    .replace(/^\s*\* ?/gm, "")
    .trim();
  const [, returns] = /@returns (.*?)(?=\n@|$)/s.exec(text) ?? [];
  const said = (text.startsWith("@") ? (returns ?? "") : text.replace(/\n@.*$/s, "").split("\n\n")[0]).replace(
    /\s+/g,
    " ",
  );
  return (SENTENCE.exec(said)?.[0] ?? said).trim();
}
