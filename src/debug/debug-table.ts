import { type Html, type HtmlValue, html } from "../text/html.ts";

/** How a row stands out, beside what its words say. */
export type Emphasis = "danger" | "doubt" | "";

export interface DebugRow {
  readonly emphasis: Emphasis;
  /** The first names the row. */
  readonly cells: readonly HtmlValue[];
}

/** Writes a table that becomes a list of cards on a phone, and stays a table to who listens to it. */
export function debugTable(caption: string, headings: readonly string[], rows: readonly DebugRow[]): Html {
  if (rows.length === 0) return html`<p class="soft">${caption}: nothing to show.</p>`;
  return html`<table class="cards" role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${headings.map((heading) => html`<th role="columnheader" scope="col">${heading}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map((row) => tableRow(row, headings))}</tbody>
</table>`;
}

function tableRow({ emphasis, cells: [first, ...rest] }: DebugRow, [, ...headings]: readonly string[]): Html {
  const cells = rest.map(
    (cell, index) => html`<td role="cell" data-label="${headings[index]}"><div>${cell}</div></td>`,
  );
  return html`<tr role="row" class="${emphasis}"><th role="rowheader" scope="row">${first}</th>${cells}</tr>
`;
}

/** Writes names and values, one a line. */
export function fieldTable(caption: string, fields: readonly (readonly [string, string])[]): Html {
  if (fields.length === 0) return html`<p class="soft">${caption}: none.</p>`;
  return html`<table class="fields">
<caption>${caption}</caption>
<tbody>
${fields.map(
  ([name, value]) => html`<tr><th scope="row">${name}</th><td class="code">${value}</td></tr>
`,
)}</tbody>
</table>`;
}
