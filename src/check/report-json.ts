import type { CheckReport } from "./check-report.ts";

/** Grows when a program that reads the document has to be changed. */
const VERSION = 1;

/** Writes a report for programs; its form is described in `docs/reference/checks.md`. */
export function reportJson(report: CheckReport): string {
  const findings = report.findings.map(({ id, severity, title, why, remedy, sightings }) => ({
    id,
    severity,
    title,
    why,
    remedy,
    sightings: sightings.map(({ seen, where }) => ({ seen, where })),
  }));
  return `${JSON.stringify({ version: VERSION, checked: report.checked, counts: report.counts, findings }, null, 2)}\n`;
}
