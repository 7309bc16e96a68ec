import type { Severity } from "../config/weak-settings/weak-setting.ts";
import type { FindingText, Sighting } from "./finding.ts";

/** A finding that was met, with all its places. */
export interface Met extends FindingText {
  readonly sightings: readonly Sighting[];
}

/** What a check has found. */
export interface CheckReport {
  /** How many things were looked for. */
  readonly checked: number;
  /** How many findings there are of each severity. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** In the order of their ids. */
  readonly findings: readonly Met[];
}

/** Sums up what was met. */
export function checkReport(checked: number, findings: readonly Met[]): CheckReport {
  const count = (severity: Severity): number => findings.filter((found) => found.severity === severity).length;
  return { checked, counts: { error: count("error"), warning: count("warning"), notice: count("notice") }, findings };
}
