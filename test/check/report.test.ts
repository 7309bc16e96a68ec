import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkReport, type Met } from "../../src/check/check-report.ts";
import { reportJson } from "../../src/check/report-json.ts";
import { reportText } from "../../src/check/report-text.ts";

const WRITE: Met = {
  id: "T4-907",
  severity: "error",
  title: "A write is open",
  why: "Strangers write.",
  remedy: "Close it.",
  sightings: [
    { seen: "POST /a", where: { file: "src/routes/a.ts", line: 3 } },
    { seen: "POST /b\u001b[2J", where: { file: "src/routes/long.ts", line: 12, column: 4 } },
  ],
};
const NOTE: Met = {
  id: "T4-901",
  severity: "notice",
  title: "A thing",
  why: "It is.",
  remedy: "See.",
  sightings: [{ seen: "true", where: { setting: "TINA4_DEBUG", source: ".env, line 1" } }],
};
const REPORT = checkReport(72, [NOTE, WRITE]);

describe("reportText", () => {
  it("puts the worst first, aligns places, and ends with the counts", () => {
    const lines = [
      "Errors",
      "",
      "  T4-907  A write is open",
      "    src/routes/a.ts:3        POST /a",
      "    src/routes/long.ts:12:4  POST /b\\u001b[2J",
      "    why  Strangers write.",
      "    do   Close it.",
      "",
      "Notices",
      "",
      "  T4-901  A thing",
      "    TINA4_DEBUG (.env, line 1)  true",
      "    why  It is.",
      "    do   See.",
      "",
      "1 error, 0 warnings, 1 notice. 72 things were looked for.",
      "",
    ];
    assert.deepEqual(reportText(REPORT, (_style, text) => text).split("\n"), lines);
  });

  it("colours the titles of errors, and what is less urgent to read", () => {
    const painted: string[] = [];
    reportText(REPORT, (style, text) => {
      painted.push(`${style}: ${text}`);
      return text;
    });
    assert.deepEqual(painted, ["red: T4-907  A write is open", "dim: why  Strangers write.", "dim: why  It is."]);
  });

  it("shows a dozen places of a finding, and how many more there are", () => {
    const sightings = Array.from({ length: 20 }, (_, line) => ({ seen: "raw", where: { file: "a.twig", line } }));
    const text = reportText(checkReport(1, [{ ...NOTE, sightings }]), (_style, shown) => shown);
    assert.equal(text.match(/a\.twig/g)?.length, 12);
    assert.match(text, /^ {4}and 8 more$/m);
  });

  it("is one line where nothing is met", () => {
    const text = reportText(checkReport(20, []), (_style, shown) => shown);
    assert.equal(text, "0 errors, 0 warnings, 0 notices. 20 things were looked for.\n");
  });
});

describe("reportJson", () => {
  it("is one document with every place", () => {
    assert.deepEqual(JSON.parse(reportJson(REPORT)), {
      version: 1,
      checked: 72,
      counts: { error: 1, warning: 0, notice: 1 },
      findings: [NOTE, WRITE],
    });
  });
});
