/** A row of a table that documents the template language. */
export interface TemplateRow {
  /** As `Tags: {{ 1 }}`. */
  readonly title: string;
  readonly template: string;
  /** The page, or how the template is refused. */
  readonly result: { readonly page: string } | { readonly refusal: string };
}

const REFUSED = "refused: ";
/** Operators that are not between two operands, or with something else than an operand behind them. */
const NOT_BETWEEN = ["? :", "is", "is not", "matches", "|", ".", "?.", "[ ]", "( )"];
const NEXT_CELL = /(?<!\\)\|/;

/** Finds the rows of all tables with the columns `write` and `get`. */
export function templateRows(markdown: string): readonly TemplateRow[] {
  return tableRows(markdown, "write", "get").map(({ section, cells: [write = "", get = ""] }) => ({
    title: `${section}: ${write}`,
    template: codeOf(write),
    result: get.startsWith(REFUSED) ? { refusal: get.slice(REFUSED.length) } : { page: codeOf(get) },
  }));
}

/** Finds the templates that rows may speak of: the table with the columns `file` and `holds`. */
export function templateFiles(markdown: string): ReadonlyMap<string, string> {
  const rows = tableRows(markdown, "file", "holds");
  return new Map(rows.map(({ cells: [file = "", holds = ""] }) => [codeOf(file), codeOf(holds)]));
}

/** The operators that stand between operands, line by line, as the table with the columns `operators` and `note` has them. */
export function operatorLines(markdown: string): readonly (readonly string[])[] {
  return tableRows(markdown, "operators", "note")
    .map(({ cells: [operators = "", note = ""] }) => (note === "" ? [...operators.matchAll(/`([^`]+)`/g)] : []))
    .map((spans) => spans.map(([, operator = ""]) => operator).filter((operator) => !NOT_BETWEEN.includes(operator)))
    .filter((line) => line.length > 0);
}

function tableRows(markdown: string, ...columns: readonly string[]): { section: string; cells: readonly string[] }[] {
  const rows: { section: string; cells: readonly string[] }[] = [];
  let section = "";
  let isTable = false;
  for (const line of markdown.split("\n")) {
    section = /^##+ (.*)/.exec(line)?.[1] ?? section;
    const cells = cellsOf(line);
    if (columns.every((column, index) => cells[index] === column)) isTable = true;
    else if (cells.length === 0) isTable = false;
    else if (isTable && !/^-+$/.test(cells[0] ?? "")) rows.push({ section, cells });
  }
  return rows;
}

function cellsOf(line: string): readonly string[] {
  if (!line.startsWith("|")) return [];
  return line
    .split(NEXT_CELL)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** What a code span says; `⏎` is a line end. */
function codeOf(cell: string): string {
  return cell.replace(/^`(.*)`$/, "$1").replaceAll("⏎", "\n");
}
