import { FAULT_REMEDIES, REFUSAL_REMEDIES } from "./error-remedies.mjs";

const INTRODUCTION = `# Errors

This file is printed from \`src/errors.ts\` and \`scripts/reference/error-remedies.mjs\`; do not edit it.

Codes are for programs and never change their meaning. A client gets the status and \`{"error": "<text>"}\`, a browser a page; the code stands in
the log, and in the answer where the client accepts \`application/problem+json\`. Your own: \`throw new HttpError(404, "Order not found")\`.`;

const REFUSED = `## A request that is turned away

| Code | Status | Text | What to do |
|---|---|---|---|`;

const FAULTED = `## A mistake of the program or its settings

Where something is built, these stop the start, and the message says what to write instead. In a request they end as 500, with their message in the log.

| Code | Meaning | What to do |
|---|---|---|`;

/** Prints the two tables of errors as the Markdown of \`docs/reference/errors.md\`. */
export function errorsReference({ REFUSALS, FAULTS }) {
  const refused = Object.entries(REFUSALS).map(([code, [status, text]]) => [
    code,
    status,
    text,
    remedyOf(code, REFUSAL_REMEDIES),
  ]);
  const faults = Object.entries(FAULTS).map(([code, meaning]) => [code, meaning, remedyOf(code, FAULT_REMEDIES)]);
  refuseUnused({ ...REFUSALS, ...FAULTS });
  return `${[INTRODUCTION, [REFUSED, ...refused.map(row)].join("\n"), [FAULTED, ...faults.map(row)].join("\n")].join("\n\n")}\n`;
}

function remedyOf(code, remedies) {
  if (!Object.hasOwn(remedies, code))
    throw new Error(`scripts/reference/error-remedies.mjs has no remedy for ${code}.`);
  return remedies[code];
}

function refuseUnused(codes) {
  const unused = Object.keys({ ...REFUSAL_REMEDIES, ...FAULT_REMEDIES }).filter((code) => !Object.hasOwn(codes, code));
  if (unused.length > 0) throw new Error(`src/errors.ts has no ${unused}.`);
}

function row([code, ...cells]) {
  return `| ${[`\`${code}\``, ...cells].map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
}
