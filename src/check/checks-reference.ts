import type { FindingText } from "./finding.ts";
import { FINDINGS } from "./findings.ts";
import { PROBE_FINDINGS } from "./probe-findings.ts";

const INTRODUCTION = `# What \`tina4 check\` looks for

This file is printed from \`src/check/findings.ts\` and \`src/check/probe-findings.ts\`; do not edit it.

An id never changes its meaning. An _error_ makes the command exit with 1; a _warning_ is probably not meant; a _notice_ is worth
knowing. [Check before you deploy](../guides/check-before-you-deploy.md) tells how to use the command.

With \`--json\` one document is printed:

    {
      "version": 1,
      "checked": 72,
      "counts": { "error": 1, "warning": 0, "notice": 0 },
      "findings": [
        {
          "id": "T4-007", "severity": "error", "title": "…", "why": "…", "remedy": "…",
          "sightings": [{ "seen": "POST /api/login", "where": { "file": "src/routes/login.ts", "line": 3 } }]
        }
      ]
    }

\`where\` has a \`file\`, perhaps with \`line\` and \`column\`; or a \`setting\` and its \`source\`; or a \`thing\`, as \`Node.js\` or
\`GET /login\`. New members may be added; when a program that reads the document has to be changed, \`version\` grows.

Sources are read without comments and strings, and without understanding types: of what a route does, only its own file is
looked through.`;

/** Prints the tables of findings as the Markdown of `docs/reference/checks.md`. */
export function checksReference(): string {
  const always = FINDINGS.filter(({ stage }) => stage === "always");
  const deploy = FINDINGS.filter(({ stage }) => stage === "deploy");
  return `${[
    INTRODUCTION,
    ...section("## `tina4 check`", always),
    ...section("## `tina4 check --deploy`, beside these", deploy),
    ...section("## `tina4 check --url`", PROBE_FINDINGS),
  ].join("\n\n")}\n`;
}

function section(heading: string, findings: readonly FindingText[]): readonly string[] {
  return [
    heading,
    ["| Id | Severity | Finding | Why | What to do |", "|---|---|---|---|---|", ...findings.map(row)].join("\n"),
  ];
}

function row({ id, severity, title, why, remedy }: FindingText): string {
  return `| ${[id, severity, title, why, remedy].map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}
