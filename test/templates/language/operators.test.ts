import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPrint } from "./read.ts";
import { showExpression } from "./show-expression.ts";

/** Operators of one line bind alike; those of a later line bind tighter. */
const LEVELS: readonly (readonly string[])[] = [
  ["or"],
  ["xor"],
  ["and"],
  ["b-or"],
  ["b-xor"],
  ["b-and"],
  [
    "==",
    "!=",
    "===",
    "!==",
    "<=>",
    "<",
    ">",
    "<=",
    ">=",
    "in",
    "not in",
    "starts with",
    "ends with",
    "has some",
    "has every",
  ],
  [".."],
  ["+", "-"],
  ["~"],
  ["*", "/", "//", "%"],
  ["**"],
  ["??"],
];
const RIGHT = ["**", "??"];

const shown = (expression: string): string => showExpression(readPrint(`{{ ${expression} }}`));

function assertReads(rows: Readonly<Record<string, string>>): void {
  for (const [written, read] of Object.entries(rows)) assert.equal(shown(written), read, written);
}

describe("operators", () => {
  const all = LEVELS.flatMap((operators, level) => operators.map((operator) => ({ operator, level })));
  const pairs = all.flatMap((left) => all.map((right) => ({ left, right })));

  it("bind as tightly as in Twig 3, whichever two meet", () => {
    for (const { left, right } of pairs) {
      const takesLeft = left.level > right.level || (left.level === right.level && !RIGHT.includes(left.operator));
      const expected = takesLeft
        ? `((a ${left.operator} b) ${right.operator} c)`
        : `(a ${left.operator} (b ${right.operator} c))`;
      assert.equal(shown(`a ${left.operator} b ${right.operator} c`), expected);
    }
  });

  it("bind tighter than conditions", () => {
    for (const { operator } of all) {
      assert.equal(shown(`a ${operator} b ? c : d`), `((a ${operator} b) ? c : d)`);
      assert.equal(shown(`a ?: b ${operator} c`), `(a ?  : (b ${operator} c))`);
    }
  });

  it("read conditions from the right", () => {
    assertReads({
      "a ? b : c ? d : e": "(a ? b : (c ? d : e))",
      "a ? b ? c : d : e": "(a ? (b ? c : d) : e)",
      "a ?: b ?: c": "(a ?  : (b ?  : c))",
      "a ? : b": "(a ?  : b)",
      "a ? b": '(a ? b : "")',
      "a ?: b ? c : d": "((a ?  : b) ? c : d)",
    });
  });

  it("take a sign before everything else, but for a power", () => {
    assertReads({
      "-a + b": "((- a) + b)",
      "-a ** b": "(- (a ** b))",
      "a ** -b": "(a ** (- b))",
      "-a ?? b": "((- a) ?? b)",
      "-a|abs": "(- a|abs())",
      "-a.b": '(- a["b"])',
      "a - -b": "(a - (- b))",
      "+a * b": "((+ a) * b)",
    });
  });

  it("take a `not` before comparisons and after products, as Twig does", () => {
    assertReads({
      "not a and b": "((not a) and b)",
      "not a == b": "((not a) == b)",
      "not a ~ b": "((not a) ~ b)",
      "not a * b": "(not (a * b))",
      "not a is defined": "(not (a is defined()))",
      "not a in b": "((not a) in b)",
      "a not in b": "(a not in b)",
      "not not a": "(not (not a))",
    });
  });

  it("take a test before products and after powers", () => {
    assertReads({
      "a * b is even": "(a * (b is even()))",
      "a ** b is even": "((a ** b) is even())",
      "a is even is odd": "((a is even()) is odd())",
      "a is not even or b": "((a is not even()) or b)",
    });
  });

  it("need no space around signs", () => {
    assertReads({
      "1+2*3": "(1 + (2 * 3))",
      "a~b": "(a ~ b)",
      "1..3": "(1 .. 3)",
      "a?b:c": "(a ? b : c)",
      "a//b": "(a // b)",
    });
  });

  it("are words only where an operand ends", () => {
    assertReads({ inside: "inside", "order or android": "(order or android)", "a.in.is.not": 'a["in"]["is"]["not"]' });
  });
});
