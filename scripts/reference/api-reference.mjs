import { API_SUBJECTS } from "./api-subjects.mjs";

const INTRODUCTION = `# What \`tina4-ts\` exports

This file is printed from the doc comments of the sources; do not edit it. It has each name with its signature and its first sentence; an
editor shows the rest where you use the name: what it throws, its ranges, an example. \`tina4-ts/register\`, which is imported for
what it does, has no names: it lets Node.js load TypeScript.`;

/** Prints what the built package exports as the Markdown of `docs/reference/api.md`. */
export function apiReference(declarations) {
  const modules = API_SUBJECTS.map((module) => ({ ...module, exported: declarations.exportsOf(module.entry) }));
  for (const { module, subjects, exported } of modules)
    refuseDifference(module, Object.values(subjects).flat(), exported);
  const contents = modules.map(({ module, subjects }) => contentsLine(module, subjects));
  const sections = modules.flatMap(({ module, subjects, exported }) =>
    Object.entries(subjects).flatMap(([subject, names]) => [
      `## ${subject}`,
      `From \`${module}\`.`,
      ...names.map((name) => section(declarations.find(exported.find((each) => each.name === name).file, name))),
    ]),
  );
  return `${[INTRODUCTION, contents.join("\n"), ...sections].join("\n\n")}\n`;
}

function refuseDifference(module, listed, exported) {
  const names = exported.map(({ name }) => name);
  const missing = names.filter((name) => !listed.includes(name));
  const gone = listed.filter((name) => !names.includes(name));
  if (missing.length + gone.length === 0) return;
  throw new Error(`${module}: scripts/reference/api-subjects.mjs lacks [${missing}], and lists [${gone}] in vain.`);
}

function contentsLine(module, subjects) {
  const links = Object.keys(subjects).map(
    (subject) =>
      `[${subject}](#${subject
        .toLowerCase()
        .replace(/[^a-z ]/g, "")
        .replaceAll(" ", "-")})`,
  );
  return `- \`${module}\`: ${links.join(", ")}`;
}

/** The block is no example that could be compiled by itself, so it does not say \`ts\`. */
function section({ name, sentence, signatures, members }) {
  if (sentence === "") throw new Error(`${name} is exported and has no doc comment.`);
  const rows = members.map((member) => `| ${code(member.signature)} | ${cell(member.sentence)} |`);
  const table = rows.length === 0 ? [] : ["", "| member | |", "|---|---|", ...rows];
  return [`### ${name}`, "", "```tsx", ...signatures, "```", sentence, ...table].join("\n");
}

function code(text) {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${cell(text)}${fence}`;
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}
