import { DatabaseError } from "../database-error.ts";
import type { Dialect } from "./dialect.ts";
import { type Insertion, insertionOf } from "./insertion.ts";
import { leavesTraces } from "./leaves-traces.ts";
import { splitStatements } from "./split-statements.ts";
import type { SqlToken } from "./sql-tokens.ts";

/**
 * What a statement does, as far as a driver must know: a `read` changes nothing, an `insert` makes new rows whose last
 * id is known, a `change` counts rows, an `other` defines or asks something else.
 */
export type StatementKind = "read" | "insert" | "change" | "other";

/** One checked SQL statement, written as its driver wants it. */
export interface Statement {
  readonly sql: string;
  readonly kind: StatementKind;
  readonly placeholderCount: number;
  /** It asks for what happened before on the same connection, which only a transaction can promise. */
  readonly needsTransaction: boolean;
  /** Of an `insert`, where it can be read. */
  readonly insertion?: Insertion | undefined;
}

type Tokens = readonly [SqlToken, ...SqlToken[]];

const KINDS: ReadonlyMap<string, StatementKind> = new Map([
  ["SELECT", "read"],
  ["VALUES", "read"],
  ["EXPLAIN", "read"],
  ["INSERT", "insert"],
  ["REPLACE", "insert"],
  ["UPDATE", "change"],
  ["DELETE", "change"],
  ["MERGE", "change"],
]);

/** Statements that would change the connection for everybody who uses it later, and what to do instead. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ...["BEGIN", "START", "COMMIT", "END", "ABORT", "ROLLBACK", "SAVEPOINT", "RELEASE"].map(
    (verb) => [verb, "transaction() and migrations see to it"] as const,
  ),
  ...["ATTACH", "DETACH"].map((verb) => [verb, "open the other file as a Database of its own"] as const),
  ...["SET", "RESET", "DISCARD"].map((verb) => [verb, "write SET LOCAL in transaction()"] as const),
  ...["PREPARE", "EXECUTE", "DEALLOCATE", "DECLARE"].map((verb) => [verb, "the driver sees to it"] as const),
  ...["LISTEN", "UNLISTEN", "COPY"].map((verb) => [verb, "it needs a connection of its own"] as const),
]);

/** What may follow SET, because it ends with the transaction. */
const LOCAL_SETTINGS: ReadonlySet<string> = new Set(["LOCAL", "TRANSACTION", "CONSTRAINTS"]);

/** What stands before UPDATE in `ON CONFLICT DO UPDATE` and `ON DUPLICATE KEY UPDATE`. */
const UPSERTS: ReadonlySet<string> = new Set(["DO", "KEY"]);

const HARMLESS_PRAGMAS: ReadonlySet<string> = new Set(
  `table_list table_info table_xinfo index_list index_info index_xinfo foreign_key_list foreign_key_check
  integrity_check quick_check user_version defer_foreign_keys`
    .toUpperCase()
    .split(/\s+/),
);

const CONNECTION_FUNCTIONS: ReadonlySet<string> = new Set(
  "LAST_INSERT_ROWID CHANGES TOTAL_CHANGES LASTVAL CURRVAL LAST_INSERT_ID ROW_COUNT FOUND_ROWS".split(" "),
);

/** Locks that outlive a transaction would stay with a connection that the next one gets. */
const SESSION_LOCKS: ReadonlySet<string> = new Set(
  ["", "_SHARED"].flatMap((kind) => [`PG_ADVISORY_LOCK${kind}`, `PG_TRY_ADVISORY_LOCK${kind}`]).concat("GET_LOCK"),
);

/**
 * Reads one SQL statement: finds its `?` placeholders outside strings and comments, and what it does.
 *
 * @throws {DatabaseError} `statement` when it is empty, more than one, not closed, has parameters of another form,
 * or would change the connection for others.
 * @see CWE-89
 */
export function readStatement(sql: string, dialect: Dialect): Statement {
  if (typeof sql !== "string" || sql.includes("\0")) {
    throw new DatabaseError("statement", "A statement is text without NUL characters.");
  }
  const [only, second] = splitStatements(sql, dialect);
  if (only === undefined || second !== undefined) {
    throw new DatabaseError("statement", `A call runs exactly one statement, not ${second ? "several" : "none"}.`);
  }
  refuseUnreadable(only.tokens, dialect);
  const verb = verbOf(only.tokens);
  refuseUnsafe(only.tokens, dialect);
  const placeholders = only.tokens.filter(({ text }) => text === "?");
  const kind = kindOf(verb, only.tokens);
  return {
    sql: translated(sql.slice(0, only.end), only.start, placeholders, dialect),
    kind,
    placeholderCount: placeholders.length,
    needsTransaction: isLocalSetting(only.tokens, dialect) || calls(only.tokens, CONNECTION_FUNCTIONS),
    insertion: kind === "insert" ? insertionOf(sql, only.tokens) : undefined,
  };
}

function refuseUnreadable(tokens: Tokens, dialect: Dialect): void {
  for (const [at, token] of tokens.entries()) {
    if (token.kind === "unclosed") {
      throw new DatabaseError("statement", "A quote in the statement is never closed.");
    }
    if (token.kind === "executable") {
      throw new DatabaseError(
        "statement",
        "A comment that some servers run as code cannot be read: write the code alone.",
      );
    }
    const next = tokens[at + 1];
    const isNumbered = token.text === "?" && next?.start === token.end && /^[0-9]/.test(next.text);
    if (token.kind === "symbol" && (isNumbered || dialect.foreignParameters.includes(token.text))) {
      throw new DatabaseError("statement", "Parameters are written as ?, one for each value.");
    }
  }
}

/** The word that says what happens: the first, or the first outside parentheses behind the WITH of a common table expression. */
function verbOf(tokens: Tokens): string {
  if (tokens[0].text !== "WITH") {
    return tokens[0].text;
  }
  let depth = 0;
  for (const { text } of tokens) {
    depth += text === "(" ? 1 : text === ")" ? -1 : 0;
    if (depth === 0 && KINDS.has(text)) {
      return text;
    }
  }
  return "WITH";
}

function refuseUnsafe(tokens: Tokens, dialect: Dialect): void {
  const [verb, ...rest] = withoutExplain(tokens);
  const remedy = dialect.connectionVerbs.includes(verb.text)
    ? "it would change the connection for those who use it later"
    : isLocalSetting(tokens, dialect)
      ? undefined
      : REFUSED.get(verb.text);
  if (remedy !== undefined) {
    throw new DatabaseError("statement", `${verb.text} cannot be run by itself: ${remedy}.`);
  }
  const pragma = rest[1]?.text === "." ? rest[2] : rest[0];
  if (verb.text === "PRAGMA" && !HARMLESS_PRAGMAS.has(pragma?.text ?? "")) {
    throw new DatabaseError("statement", "This PRAGMA would change, or fail to change, what others rely on.");
  }
  if (calls(tokens, SESSION_LOCKS)) {
    throw new DatabaseError(
      "statement",
      "Such a lock would outlive its owner: lock rows with SELECT ... FOR UPDATE, or use pg_advisory_xact_lock().",
    );
  }
}

function isLocalSetting([verb, scope]: Tokens, { hasLocalSettings }: Dialect): boolean {
  return hasLocalSettings && verb.text === "SET" && LOCAL_SETTINGS.has(scope?.text ?? "");
}

function calls(tokens: Tokens, functions: ReadonlySet<string>): boolean {
  return tokens.some(({ text }, at) => functions.has(text) && tokens[at + 1]?.text === "(");
}

/** SQLite runs some PRAGMAs while it prepares them, even behind an EXPLAIN. */
function withoutExplain(tokens: Tokens): Tokens {
  const [explain, query] = tokens;
  const explainLength = explain.text !== "EXPLAIN" ? 0 : query?.text === "QUERY" ? 3 : 1;
  const [first = explain, ...rest] = tokens.slice(explainLength);
  return [first, ...rest];
}

/** An upsert is no insert: when it updates, the database still reports the id of some earlier row, maybe of a stranger. */
function kindOf(verb: string, tokens: Tokens): StatementKind {
  const kind = KINDS.get(verb) ?? "other";
  if (kind === "read" && leavesTraces(tokens)) return "other";
  const isUpsert = tokens.some(({ text }, at) => text === "UPDATE" && UPSERTS.has(tokens[at - 1]?.text ?? ""));
  return kind === "insert" && isUpsert ? "change" : kind;
}

function translated(sql: string, start: number, placeholders: readonly SqlToken[], dialect: Dialect): string {
  let written = "";
  let from = start;
  for (const [index, { start: at, end }] of placeholders.entries()) {
    written += sql.slice(from, at);
    const placeholder = dialect.placeholder(index + 1);
    written += [isNamePart(sql, at - 1) ? " " : "", placeholder, isNamePart(sql, end) ? " " : ""].join("");
    from = end;
  }
  return written + sql.slice(from);
}

/** `LIKE?` would become the name `LIKE$1`. */
function isNamePart(sql: string, at: number): boolean {
  return /[\w$\u0080-\uFFFF]/.test(sql.charAt(at));
}
