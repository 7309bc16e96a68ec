/** When a line of releases of Node.js ends, by the schedule of its release group. Odd lines live for half a year or so. */
const ENDS: Readonly<Record<number, string>> = {
  18: "2025-04-30",
  19: "2023-06-01",
  20: "2026-04-30",
  21: "2024-06-01",
  22: "2027-04-30",
  23: "2025-06-01",
  24: "2028-04-30",
  25: "2026-06-01",
  26: "2029-04-30",
};
const OLDEST = Math.min(...Object.keys(ENDS).map(Number));

/**
 * Tells the last day on which a version of Node.js gets repairs.
 *
 * @param version `22.11.0`
 * @returns ISO 8601; an empty text for what is older than the table, `undefined` for what is newer.
 * @see https://github.com/nodejs/Release
 */
export function endOfLife(version: string): string | undefined {
  const line = Number.parseInt(version, 10);
  return ENDS[line] ?? (line < OLDEST ? "" : undefined);
}
