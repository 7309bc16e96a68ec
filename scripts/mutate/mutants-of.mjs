import { API } from "typescript/unstable/sync";
import { changesAt, holdsNoCode } from "./changes-at.mjs";

/**
 * Parses the source files of the project once, and lists the mutants of any of them.
 *
 * @param {string} root The folder of `tsconfig.json`.
 * @returns {{ mutantsOf: (path: string) => Mutant[], close: () => void }}
 * @typedef {{ line: number, source: string, change: string, text: string }} Mutant
 *   The number and the text of the line that is changed, what is changed there, and the text of the whole mutated file.
 */
export function openParser(root) {
  const api = new API({ cwd: root });
  const [project] = api.updateSnapshot({ openProjects: ["tsconfig.json"] }).getProjects();
  return {
    mutantsOf: (path) => mutantsOf(project.program.getSourceFile(path)),
    close: () => api.close(),
  };
}

function mutantsOf(file) {
  const mutants = [];
  const visit = (node) => {
    if (holdsNoCode(node)) return;
    for (const change of changesAt(node, file)) mutants.push(mutant(file.text, change));
    node.forEachChild(visit);
  };
  visit(file);
  return mutants;
}

function mutant(text, { start, end, replacement }) {
  const before = text.slice(0, start);
  const line = before.split("\n").length;
  return {
    line,
    source: text.split("\n")[line - 1].trim(),
    change: `${shortened(text.slice(start, end))} → ${shortened(replacement) || "nothing"}`,
    text: before + replacement + text.slice(end),
  };
}

function shortened(text) {
  const oneLine = text.replace(/\s+/g, " ");
  return oneLine.length > 60 ? `${oneLine.slice(0, 59)}…` : oneLine;
}
