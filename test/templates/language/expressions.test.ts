import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPrint } from "./read.ts";
import { showExpression } from "./show-expression.ts";

function assertReads(rows: Readonly<Record<string, string>>): void {
  for (const [written, read] of Object.entries(rows)) {
    assert.equal(showExpression(readPrint(`{{ ${written} }}`)), read, written);
  }
}

describe("values", () => {
  it("are numbers, also with underscores and exponents", () => {
    assertReads({ "0": "0", "1_000.2_5": "1000.25", "2e3": "2000", "1.5E-1": "0.15", "007": "7" });
  });

  it("are constants, in small or in capital letters", () => {
    assertReads({ "[true, FALSE, null, NONE]": "[true, false, null, null]", True: "True" });
  });

  it("are texts in either quotes, with escapes", () => {
    assertReads({
      '"a\\n\\t\\"\\\\\\x41\\101"': '"a\\n\\t\\"\\\\AA"',
      "'it\\'s \"so\"'": '"it\'s \\"so\\""',
      '"\\#{a} # #a"': '"#{a} # #a"',
      "'#{a}'": '"#{a}"',
      "'}} %} #}'": '"}} %} #}"',
      '"two\nlines"': '"two\\nlines"',
    });
  });

  it("are put into texts in double quotes", () => {
    assertReads({
      '"#{a}"': '("" ~ a)',
      '"a#{b}c#{d}"': '((("a" ~ b) ~ "c") ~ d)',
      '"a#{b ~ "#{ {c: 1}.c }"}}"': '(("a" ~ (b ~ ("" ~ {"c": 1}["c"]))) ~ "}")',
    });
  });

  it("are lists and hashes, also with a comma at the end", () => {
    assertReads({
      "[]": "[]",
      "[1, [2], ]": "[1, [2]]",
      "{}": "{}",
      "{a: 1, 'b': 2, 3: 4, (c ~ d): 5, e, }": '{"a": 1, "b": 2, 3: 4, (c ~ d): 5, "e": e}',
      "{a: {b: {c: 1}}}": '{"a": {"b": {"c": 1}}}',
    });
  });

  it("have comments up to the end of the line", () => {
    assertReads({ "[1, # one }}\n2 # two\n]": "[1, 2]" });
  });
});

describe("access", () => {
  it("goes by name, by number and by expression", () => {
    assertReads({
      "a.b.c": 'a["b"]["c"]',
      "a.0.1": "a[0][1]",
      "a?.b": 'a["b"]',
      "a.('b-c')": 'a["b-c"]',
      'a["b"][c ~ 1]': 'a["b"][(c ~ 1)]',
      "(a ~ b).c": '(a ~ b)["c"]',
      "[1, 2][0]": "[1, 2][0]",
      "grüße.größe": 'grüße["größe"]',
    });
  });

  it("takes slices with and without ends", () => {
    assertReads({
      "a[1:3]": "a[1:3]",
      "a[:2]": "a[:2]",
      "a[-2:]": "a[(- 2):]",
      "a[:]": "a[:]",
      "a[b ? 1 : 2:3]": "a[(b ? 1 : 2):3]",
    });
  });

  it("applies filters from left to right, tighter than any operator", () => {
    assertReads({
      "a|b|c(1)": "a|b()|c(1)",
      "a ~ b|c": "(a ~ b|c())",
      "(a ~ b)|c": "(a ~ b)|c()",
      "a.b|c.d": 'a["b"]|c()["d"]',
    });
  });
});

describe("arguments", () => {
  it("come in order and by name", () => {
    assertReads({
      "f()": "f()",
      "f(1, b: 2, c = 3,)": "f(1, b: 2, c: 3)",
      "a|f(b ? c : d)": "a|f((b ? c : d))",
      "forms.input('x', size: 3)": 'forms::input("x", size: 3)',
    });
  });

  it("may be functions with an arrow, as may what `has some` and `has every` ask", () => {
    assertReads({
      "a|filter(v => v > 3)": "a|filter(((v) => (v > 3)))",
      "a|reduce((sum, v) => sum + v, 0)": "a|reduce(((sum, v) => (sum + v)), 0)",
      "a|sort(() => 0)": "a|sort((() => 0))",
      "f((a), (b ~ c))": "f(a, (b ~ c))",
      "a has some v => v > 3 and v < 5": "(a has some ((v) => ((v > 3) and (v < 5))))",
    });
  });

  it("need no brackets behind tests of two words", () => {
    assertReads({
      "a is divisible by 3": "(a is divisible by(3))",
      "a is not same as(b)": "(a is not same as(b))",
      "a is same as b.c": '(a is same as(b["c"]))',
      "a is same as -1": "(a is same as((- 1)))",
      "a is even": "(a is even())",
    });
  });
});
