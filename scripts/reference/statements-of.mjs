const COMMENT = /\/\*.*?\*\/|\/\/[^\n]*/sy;
const QUOTED = /(["'`])(?:\\.|(?!\1).)*\1/sy;
const OPENING = "({[";
const CLOSING = ")}]";
/** A statement that its last brace ends; every other one ends with a semicolon. */
const BRACED = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|class|namespace)\b/;

/**
 * Takes declarations apart that the compiler has written: the statements of a file, or the members of a body.
 *
 * @returns Each with the doc comment before it, `""` where there is none.
 */
export function statementsOf(text) {
  const statements = [];
  let doc = "";
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const comment = matchAt(COMMENT, text, at);
    const skipped = comment || matchAt(QUOTED, text, at);
    const isBefore = text.slice(start, at).trim() === "";
    if (skipped !== "") at += skipped.length - 1;
    if (comment !== "" && isBefore) {
      doc = comment.startsWith("/**") ? comment : doc;
      start = at + 1;
    }
    if (skipped !== "") continue;
    if (OPENING.includes(text[at])) depth += 1;
    if (CLOSING.includes(text[at])) depth -= 1;
    const said = text.slice(start, at + 1).trim();
    if (depth > 0 || !(text[at] === ";" || (text[at] === "}" && BRACED.test(said)))) continue;
    statements.push({ doc, text: said });
    doc = "";
    start = at + 1;
  }
  return statements;
}

function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}
