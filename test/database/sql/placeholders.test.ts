import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Dialect, MYSQL, POSTGRES, SQLITE } from "../../../src/database/sql/dialect.ts";
import { readStatement } from "../../../src/database/sql/statement.ts";

/** One kind of token as the manuals of the databases define it, in patterns of whole tokens. `code` may hold a placeholder. */
type Rule = readonly [kind: "code" | "skipped" | "refused", pattern: RegExp];

const WORD: Rule = ["code", /[A-Za-z_][\w$]*|\d\w*/y];
const BETWEEN_STRINGS = "(?:[ \\t]|--[^\\n\\r]*(?=[\\n\\r]))*[\\n\\r](?:[ \\t\\n\\r]|--[^\\n\\r]*(?=[\\n\\r]))*";
const ESCAPES = "'(?:[^'\\\\]|\\\\[\\s\\S]|'')*'(?!')";

const RULES: ReadonlyMap<Dialect, readonly Rule[]> = new Map<Dialect, readonly Rule[]>([
  [
    SQLITE,
    [
      ["skipped", /'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
      WORD,
      ["refused", /['"`[:@#$]|\?\d/y],
    ],
  ],
  [
    POSTGRES,
    [
      ["skipped", new RegExp(`[Ee]${ESCAPES}(?:${BETWEEN_STRINGS}${ESCAPES})*`, "y")],
      ["refused", /[Ee]'/y],
      ["skipped", /'[^']*'|"[^"]*"|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|--[^\n\r]*/y],
      WORD,
      ["refused", /['"$]|\?\d/y],
    ],
  ],
  [
    MYSQL,
    [
      ["refused", /\/\*M?!|\/\*\+(?:(?!\*\/)[\s\S])*['"`]/y],
      ["skipped", /'[^']*'|"[^"]*"|`[^`]*`|#[^\n]*|--(?![!-~])[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
      WORD,
      ["refused", /['"`@]|\?\d/y],
    ],
  ],
]);

const PIECES =
  "?|?|?|'|''|\"|`|[|]|-|--|-- |#|/|/*|*/|\n|\r| |$|$$|$a$|$1|E'|e'|aE'|\\|\\'|a|1|!|M!|+|@|:|'?'|\"?\"|/* ? */|-- ?\n|$$?$$|E'\\'?'";
const code = fc.array(fc.constantFrom(...PIECES.split("|")), { maxLength: 12 }).map((all) => all.join(""));

describe("the placeholders of a statement", () => {
  for (const dialect of [SQLITE, POSTGRES, MYSQL]) {
    it(`are those that a reader of whole tokens finds, numbered from the left, for any text of ${dialect.name}`, () => {
      let read = 0;
      const property = fc.property(code, (code) => {
        const sql = `SELECT ${code} FINAL`;
        const expected = translatedByHand(sql, dialect);
        if (expected === null) {
          assert.throws(() => readStatement(sql, dialect), { code: "statement" }, sql);
          return;
        }
        const statement = readStatement(sql, dialect);
        assert.equal(statement.placeholderCount, expected.count, sql);
        if (!expected.isCommentedOut) assert.equal(withoutSpaces(statement.sql), withoutSpaces(expected.sql), sql);
        read += expected.count > 0 ? 1 : 0;
      });
      fc.assert(property, { seed: 7148, numRuns: 10_000 });
      assert.ok(read > 300, `${read} had placeholders`);
    });
  }
});

function translatedByHand(sql: string, dialect: Dialect) {
  let [written, count, at, last] = ["", 0, 0, ""];
  while (at < sql.length) {
    const [kind, text] = tokenAt(sql, at, dialect);
    if (kind === "refused") return null;
    if (text === "?") count += 1;
    written += text === "?" ? (dialect === POSTGRES ? `$${count}` : "?") : text;
    at += text.length;
    if (text.trim() !== "") last = text;
  }
  return { sql: written, count, isCommentedOut: last !== "FINAL" };
}

function tokenAt(sql: string, at: number, dialect: Dialect): readonly [Rule[0], string] {
  if (dialect === POSTGRES && sql.startsWith("/*", at)) return ["skipped", nestedComment(sql, at)];
  for (const [kind, pattern] of RULES.get(dialect) ?? []) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text !== undefined) return [kind, text];
  }
  return ["code", sql.charAt(at)];
}

function nestedComment(sql: string, start: number): string {
  let depth = 0;
  for (let at = start; at < sql.length; at += 1) {
    const pair = sql.slice(at, at + 2);
    if (pair !== "/*" && pair !== "*/") continue;
    depth += pair === "/*" ? 1 : -1;
    at += 1;
    if (depth === 0) return sql.slice(start, at + 1);
  }
  return sql.slice(start);
}

function withoutSpaces(text: string): string {
  return text.replaceAll(" ", "");
}
