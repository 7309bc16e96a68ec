import { cpus } from "node:os";

/**
 * What was measured, as Markdown that can also be read as it is: first all targets, then the table of each part.
 *
 * @param results What each part's `measure` returned, with its `name` and `title`; or its name and a `failure`.
 * @param source What costs were counted with.
 */
export function reportOf(results, source) {
  const measured = results.filter(({ failure }) => failure === undefined);
  const failed = results.filter(({ failure }) => failure !== undefined);
  return [
    `# Measured on Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, "2026-11-23".length)}`,
    `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}. Costs are counted with ${source}.`,
    "## Targets",
    table(["what", "figure", "target", "reached"], measured.flatMap(targetRows)),
    ...failed.map(({ name, failure }) => `The part **${name}** failed: ${withoutPaths(failure)}`),
    ...measured.flatMap(partLines),
  ]
    .join("\n\n")
    .concat("\n");
}

function targetRows({ targets }) {
  return targets.map(({ what, figure, atMost, atLeast }) => {
    const isReached = (atMost === undefined || figure <= atMost) && (atLeast === undefined || figure >= atLeast);
    const target = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
    return [what, figureText(figure), target, isReached ? "yes" : "**no**"];
  });
}

/** As many digits as a target can be judged by. */
function figureText(figure) {
  return Math.abs(figure) < 100 ? figure.toFixed(2) : figure.toFixed(0);
}

function partLines({ title, columns, rows, notes }) {
  const lines = [`## ${title}`, table(columns, rows)];
  return notes.length === 0 ? lines : [...lines, notes.map((note) => `- ${note}`).join("\n")];
}

/** The first column is text, the others end at the right as figures do. */
function table(columns, rows) {
  const widths = columns.map((column, at) =>
    Math.max(...[column, ...rows.map((row) => row[at])].map(({ length }) => length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(" | ")} |`;
  const rule = widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(columns), line(rule), ...rows.map(line)].join("\n");
}

/** A report is published: it names no folder of the machine that it was made on. */
function withoutPaths(text) {
  return text.split("\n")[0].replaceAll(/(?:file:\/\/)?\/[^\s'"]*\/(?=[^/\s'"]+)/g, "…/");
}
