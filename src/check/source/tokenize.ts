/** A piece of TypeScript that is neither space nor comment. */
export interface Token {
  readonly kind: "word" | "number" | "string" | "template" | "pattern" | "mark";
  /** As it is written; for a string and a piece of a template, what stands between the quotes. */
  readonly text: string;
  readonly line: number;
  /** How many brackets are open around it. A bracket itself counts as outside. */
  readonly depth: number;
}

const SKIPPED = /(?:\s+|\/\/[^\n]*|\/\*.*?\*\/)+/sy;
const WORD = /[#@]?[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
const NUMBER = /\d[\w.]*/y;
const STRING = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/sy;
const TEMPLATE_PIECE = /[`}]((?:[^`\\$]|\\.|\$(?!\{))*)(`|\$\{)/sy;
const PATTERN = /\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const MARK = /=>|\?\.(?!\d)|\.\.\.|\+\+|--|[=!]==?|(?:\*\*|&&|\|\||\?\?|[-+*/%&|^<>])=|./sy;

/** After these words, and after a mark that is no closing bracket, a slash opens a regular expression. */
const BEFORE_PATTERN = new Set(
  "return typeof case in of delete void throw new else do instanceof yield await".split(" "),
);

/**
 * Reads TypeScript as tokens: enough to find statements without mistaking a comment or a string for code.
 *
 * @throws {SyntaxError} with the line, when a string, template, regular expression or bracket is not closed.
 */
export function tokenize(source: string): readonly Token[] {
  return new Reader(source).read();
}

class Reader {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  /** The brackets that are open; `$` stands for the `${` of a template. */
  readonly #open: string[] = [];
  #position = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source;
  }

  read(): readonly Token[] {
    while (true) {
      this.#skip();
      const next = this.#source[this.#position];
      if (next === undefined) break;
      if (next === "`" || (next === "}" && this.#open.at(-1) === "$")) this.#readTemplatePiece(next);
      else if (next === '"' || next === "'") this.#readString();
      else if (next === "/" && opensPattern(this.#tokens.at(-1))) this.#add("pattern", this.#need(PATTERN)[0]);
      else this.#readPlain();
    }
    if (this.#open.length > 0) throw this.#unclosed();
    return this.#tokens;
  }

  #skip(): void {
    this.#line += lineEnds(this.#take(SKIPPED)?.[0] ?? "");
  }

  #readTemplatePiece(next: string): void {
    if (next === "}") this.#open.pop();
    const [written, text = "", end] = this.#need(TEMPLATE_PIECE);
    this.#add("template", text, written);
    if (end === "${") this.#open.push("$");
  }

  #readString(): void {
    const [written, double, single = ""] = this.#need(STRING);
    this.#add("string", double ?? single, written);
  }

  #readPlain(): void {
    const word = this.#take(WORD)?.[0];
    const number = word === undefined ? this.#take(NUMBER)?.[0] : undefined;
    if (word !== undefined) this.#add("word", word);
    else if (number !== undefined) this.#add("number", number);
    else this.#readMark();
  }

  #readMark(): void {
    const [mark] = this.#need(MARK);
    if (")]}".includes(mark)) this.#open.pop();
    this.#add("mark", mark);
    if ("([{".includes(mark)) this.#open.push(mark);
  }

  #add(kind: Token["kind"], text: string, written: string = text): void {
    this.#tokens.push({ kind, text, line: this.#line, depth: this.#open.length });
    this.#line += lineEnds(written);
  }

  #take(rule: RegExp): RegExpExecArray | null {
    rule.lastIndex = this.#position;
    const match = rule.exec(this.#source);
    if (match !== null) this.#position = rule.lastIndex;
    return match;
  }

  #need(rule: RegExp): RegExpExecArray {
    const match = this.#take(rule);
    if (match === null) throw this.#unclosed();
    return match;
  }

  #unclosed(): SyntaxError {
    return new SyntaxError(`line ${this.#line}: something is not closed`);
  }
}

function opensPattern(previous: Token | undefined): boolean {
  if (previous === undefined) return true;
  if (previous.kind === "word") return BEFORE_PATTERN.has(previous.text);
  if (previous.kind === "template") return true;
  return previous.kind === "mark" && !")]}".includes(previous.text);
}

function lineEnds(text: string): number {
  return text.split("\n").length - 1;
}
