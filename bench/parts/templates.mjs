// One page of 20 rows by four template engines, each with its escaping on, and what else they do with pages.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { instructionsPerTime } from "../measure/program-instructions.mjs";
import { TEMPLATE_ENGINES } from "../measure/template-engines.mjs";
import { DATA, MUCH_DATA, NO_DATA } from "../measure/template-pages.mjs";

const ROUNDS = 41;
const COUNTED_PAGES = 5_000;
const NS_PER_US = 1_000;
const MOST_TIMES_ETA = 1.5;
const PROGRAM = fileURLToPath(new URL("../measure/render-pages.mjs", import.meta.url));

/** What is timed, and how often in a round. */
const WORK = [
  { what: "20 rows", times: 200, begin: (make) => with20Rows(make(), "table") },
  { what: "layout, 2 blocks, include", times: 200, begin: (make) => with20Rows(make(), "layout") },
  { what: "1,000 rows", times: 5, begin: (make) => pageOf(make(), "table", MUCH_DATA) },
  { what: "20 rows, then a function awaited", times: 100, begin: (make) => with20Rows(make(), "later") },
  { what: "first page of a new engine, no rows", times: 10, begin: (make) => () => make()("table", NO_DATA) },
];

export const title = "Templates: a page of 20 rows with 3 values and 2 conditions each, escaped";

export async function measure() {
  const engines = {};
  for (const [name, load] of Object.entries(TEMPLATE_ENGINES)) engines[name] = await load();
  await checkPages(engines);
  const instructions = {};
  for (const name of Object.keys(engines)) instructions[name] = instructionsPerTime(PROGRAM, [name], COUNTED_PAGES);
  const rows = Object.entries(instructions).map(([name, count]) =>
    row("20 rows, instructions", name, count, instructions.eta),
  );
  for (const work of WORK) {
    const times = await medians(engines, work);
    for (const [name, us] of Object.entries(times)) rows.push(row(`${work.what}, µs`, name, us, times.eta));
  }
  const figure = Number((instructions.frond / instructions.eta).toFixed(2));
  return {
    columns: ["page", "engine", "cost", "× eta"],
    rows,
    notes: [
      `Instructions are those of user mode, by valgrind; times are medians of ${ROUNDS} rounds in which the engines take turns.`,
      "A new engine of frond reads its template from a file, the others are given a text.",
      "frond escapes by context and bounds each page; it makes no code from text, so that it runs where that is forbidden.",
    ],
    targets: [{ what: "a page of 20 rows in instructions, × eta", figure, atMost: MOST_TIMES_ETA }],
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
async function checkPages(engines) {
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

/** The engines take turns, so that what slows down the machine slows down all of them. */
async function medians(engines, { times, begin }) {
  const pages = Object.entries(engines).map(([name, make]) => ({ name, page: begin(make), measured: [] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { page, measured } of pages) measured.push(await microseconds(page, times));
  }
  return Object.fromEntries(pages.map(({ name, measured }) => [name, median(measured)]));
}

async function microseconds(page, times) {
  const begin = process.hrtime.bigint();
  let bytes = 0;
  for (let count = 0; count < times; count += 1) {
    const shown = page();
    // Only a promise is awaited: who has none need not wait.
    bytes += Buffer.byteLength(typeof shown === "string" ? shown : await shown);
  }
  assert.ok(bytes > 0);
  return Number(process.hrtime.bigint() - begin) / times / NS_PER_US;
}

function median(values) {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
