import type { Severity } from "../config/weak-settings/weak-setting.ts";
import { escapeControls } from "../text/escape-controls.ts";
import type { CheckReport, Met } from "./check-report.ts";
import { placeText, type Sighting } from "./finding.ts";

/** Colours a text where somebody can see it. */
export type Paint = (style: "red" | "dim", text: string) => string;

const HEADINGS: readonly (readonly [Severity, string])[] = [
  ["error", "Errors"],
  ["warning", "Warnings"],
  ["notice", "Notices"],
];
const MAX_SIGHTINGS = 12;
const GAP = "  ";

/** Writes a report for people: the worst first, each finding with its places, why it matters and what to do. */
export function reportText(report: CheckReport, paint: Paint): string {
  const sections = HEADINGS.flatMap(([severity, heading]) => {
    const found = report.findings.filter((finding) => finding.severity === severity);
    return found.length === 0 ? [] : [`${heading}\n`, ...found.map((finding) => findingText(finding, paint))];
  });
  return [...sections, lastLine(report)].join("\n");
}

function findingText({ id, severity, title, why, remedy, sightings }: Met, paint: Paint): string {
  const heading = severity === "error" ? paint("red", `${id}  ${title}`) : `${id}  ${title}`;
  const more = sightings.length - MAX_SIGHTINGS;
  return [
    `${GAP}${heading}`,
    ...table(sightings.slice(0, MAX_SIGHTINGS)),
    ...(more > 0 ? [`and ${more} more`] : []),
    paint("dim", `why  ${why}`),
    `do   ${remedy}\n`,
  ].join(`\n${GAP}${GAP}`);
}

/** Places in one column, what was seen there in the next. */
function table(sightings: readonly Sighting[]): readonly string[] {
  const rows = sightings.map(({ seen, where }) => [escapeControls(placeText(where)), escapeControls(seen)] as const);
  const width = Math.max(...rows.map(([place]) => place.length));
  return rows.map(([place, seen]) => `${place.padEnd(width)}${GAP}${seen}`.trimEnd());
}

function lastLine({ counts, checked }: CheckReport): string {
  const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
  const { error, warning, notice } = counts;
  const found = `${counted(error, "error")}, ${counted(warning, "warning")}, ${counted(notice, "notice")}`;
  return `${found}. ${checked} things were looked for.\n`;
}
