import type { Dialect } from "./dialect.ts";
import type { SqlToken } from "./sql-tokens.ts";

/** How many tokens in front can say that a statement has a body: `CREATE OR REPLACE DEFINER = 'a'@'b' PROCEDURE` has nine. */
const MAX_HEADER_TOKENS = 12;

/** How one database writes a body of statements in a statement. */
interface BodyRules {
  readonly header: RegExp;
  /** Opens and closes blocks: gets those open, the innermost last, a word outside parentheses, and what stands before it. */
  readonly follow: (blocks: string[], word: string, previous: string) => void;
}

const RULES: Readonly<Record<Dialect["name"], BodyRules>> = {
  sqlite: { header: /^CREATE (?:TEMP |TEMPORARY )?TRIGGER /, follow: followSqlite },
  postgres: { header: /^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE) /, follow: followPostgres },
  mysql: {
    header:
      /^(?:CREATE|ALTER) (?:OR REPLACE )?(?:DEFINER = .*?)?(?:AGGREGATE )?(?:TRIGGER|PROCEDURE|FUNCTION|EVENT|PACKAGE) /,
    follow: followMysql,
  },
};

/** Follows the tokens of one statement, comments left out, to tell whether a semicolon would end it. */
export class StatementNesting {
  readonly #rules: BodyRules;
  readonly #blocks: string[] = [];
  #header = "";
  #hasBody = false;
  #tokenCount = 0;
  #parentheses = 0;
  #previous = "";

  constructor(dialect: Dialect) {
    this.#rules = RULES[dialect.name];
  }

  /** Whether the statement is inside parentheses or a body, where no semicolon ends it. */
  get isOpen(): boolean {
    return this.#parentheses > 0 || this.#blocks.length > 0;
  }

  add({ kind, text }: SqlToken): void {
    this.#readHeader(text);
    if (text === "(") {
      if (this.#previous === "REPEAT" && this.#blocks.at(-1) === "REPEAT") this.#blocks.pop(); // the function
      this.#parentheses += 1;
    } else if (text === ")") {
      this.#parentheses = Math.max(0, this.#parentheses - 1);
    } else if (kind === "word" && this.#parentheses === 0 && this.#previous !== "." && this.#hasBody) {
      this.#rules.follow(this.#blocks, text, this.#previous);
    }
    this.#previous = text;
  }

  #readHeader(text: string): void {
    if (this.#hasBody || this.#tokenCount === MAX_HEADER_TOKENS) return;
    this.#tokenCount += 1;
    this.#header += `${text} `;
    this.#hasBody = this.#rules.header.test(this.#header);
  }
}

/** As SQLite's own shell: only `; END` ends a trigger. Any other END is a name, or closes a CASE. */
function followSqlite(blocks: string[], word: string, previous: string): void {
  if (word === "BEGIN" && blocks.length === 0) blocks.push(word);
  else if (word === "END" && previous === ";") blocks.pop();
}

/** Most bodies are dollar-quoted; those of standard SQL stand between BEGIN ATOMIC and END. */
function followPostgres(blocks: string[], word: string, previous: string): void {
  const isBody = word === "ATOMIC" && previous === "BEGIN";
  const isInnerCase = word === "CASE" && blocks.length > 0;
  if (isBody || isInnerCase) blocks.push(word);
  else if (word === "END" && previous !== "AS") blocks.pop();
}

const OPERATOR = /^[^\w;:)\u0080-\uFFFF]$/;
const STATEMENT_STARTS: ReadonlySet<string> = new Set([";", "BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT", ":"]);

/**
 * Blocks nest in many ways here. An IF is known by its THEN, since `IF(…)` and `IF EXISTS` have none; the THEN of a
 * WHEN and of an ELSEIF opens nothing. What stands behind END, as in END IF, only names what was closed.
 */
function followMysql(blocks: string[], word: string, previous: string): void {
  const innermost = blocks.at(-1);
  if (word === "END") {
    const endsExpression = innermost === "CASE" || innermost === "REPEAT";
    if (previous === ";" || previous === "BEGIN" || (endsExpression && previous !== "AS")) blocks.pop();
  } else if (word === "WHEN" || word === "ELSEIF") {
    blocks.push("WHEN");
  } else if (word === "THEN") {
    if (innermost === "WHEN") blocks.pop();
    else blocks.push("IF");
  } else if (opensBlock(word, previous)) {
    blocks.push(word);
  }
}

function opensBlock(word: string, previous: string): boolean {
  switch (word) {
    case "CASE":
    case "LOOP":
    case "WHILE":
    case "REPEAT":
      return previous !== "END";
    case "BEGIN":
      return !OPERATOR.test(previous);
    case "FOR":
      return STATEMENT_STARTS.has(previous);
    default:
      return false;
  }
}
