import assert from "node:assert/strict";
import { canCountCalls, instructionsPerCall } from "../measure/instructions-per-call.mjs";
import { median } from "../measure/median.mjs";
import { microsecondsPerCall } from "../measure/microseconds-per-call.mjs";
import { takeTurns } from "../measure/take-turns.mjs";
import { TEMPLATE_ENGINES } from "../measure/template-engines.mjs";
import { DATA, MUCH_DATA, NO_DATA } from "../measure/template-pages.mjs";

const ROUNDS = 41;
const TIMES_ETA_AT_MOST = 1.5;

/** What is timed, and how many calls are a round. */
const WORK = [
  { what: "20 rows", calls: 200, begin: (make) => with20Rows(make(), "table") },
  { what: "layout, 2 blocks, include", calls: 200, begin: (make) => with20Rows(make(), "layout") },
  { what: "1,000 rows", calls: 5, begin: (make) => pageOf(make(), "table", MUCH_DATA) },
  { what: "20 rows, then a function awaited", calls: 100, begin: (make) => with20Rows(make(), "later") },
  { what: "first page of a new engine, no rows", calls: 10, begin: (make) => () => make()("table", NO_DATA) },
];

export const title = "Templates: a page of 20 rows with 3 values and 2 conditions each, escaped";

export async function measure() {
  const engines = {};
  for (const [name, load] of Object.entries(TEMPLATE_ENGINES)) engines[name] = await load();
  await assertSamePages(engines);
  if (!canCountCalls) throw new Error("Pages are counted by valgrind, which is not here.");
  const instructions = {};
  for (const name of Object.keys(engines)) instructions[name] = await instructionsPerCall("render-pages.mjs", name);
  const rows = Object.entries(instructions).map(([name, count]) =>
    row("20 rows, instructions", name, count, instructions.eta),
  );
  for (const work of WORK) {
    const times = await medians(engines, work);
    for (const [name, us] of Object.entries(times)) rows.push(row(`${work.what}, µs`, name, us, times.eta));
  }
  return {
    columns: ["page", "engine", "cost", "× eta"],
    rows,
    notes: [
      `Instructions are those of user mode, by valgrind; times are medians of ${ROUNDS} rounds in which the engines take turns.`,
      "A new engine of frond reads its template from a file, the others are given a text.",
      "frond escapes by context and bounds each page; it makes no code from text, so that it runs where that is forbidden.",
    ],
    targets: [
      {
        what: "a page of 20 rows in instructions, × eta",
        figure: instructions.frond / instructions.eta,
        atMost: TIMES_ETA_AT_MOST,
      },
    ],
  };
}

function with20Rows(render, name) {
  return pageOf(render, name, DATA);
}

function pageOf(render, name, data) {
  return () => render(name, data);
}

function row(page, engine, cost, eta) {
  return [
    page,
    engine,
    cost < 1_000 ? cost.toFixed(1) : Math.round(cost).toLocaleString("en"),
    (cost / eta).toFixed(2),
  ];
}

/** Engines that show different pages cannot be compared. */
async function assertSamePages(engines) {
  for (const { what, begin } of WORK) {
    const expected = normalized(await begin(engines.eta)());
    for (const [name, make] of Object.entries(engines)) {
      assert.equal(normalized(await begin(make)()), expected, `${name} shows another page than eta: ${what}`);
    }
  }
}

/** Ends of lines after tags, and the spelling of an apostrophe, are all that they may differ in. */
function normalized(page) {
  return page.replace(/\n+/g, "").replaceAll(/&#(?:39|x27);/g, "'");
}

async function medians(engines, { calls, begin }) {
  const pages = Object.values(engines).map(begin);
  const samples = await takeTurns(pages, ROUNDS, (page) => microsecondsPerCall(() => bytesOf(page()), calls));
  return Object.fromEntries(Object.keys(engines).map((name, index) => [name, median(samples[index])]));
}

/** Until its bytes are asked for, a text may be no more than a list of pieces. */
function bytesOf(page) {
  return typeof page === "string" ? Buffer.byteLength(page) : page.then(Buffer.byteLength);
}
