import { Lines } from "../text/lines.ts";

const LINES_AROUND = 2;
/** Of a very long line only what stands around the column is shown. */
const MAX_LINE_CHARACTERS = 120;

/** Where something stands, as people count: from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The text of one template file, and what an error says about a place in it. */
export class TemplateSource {
  /** Relative to the folder of templates, as `contact.twig`. */
  readonly name: string;
  readonly text: string;
  /** Counted once somebody has asked. */
  #lines: Lines | undefined;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  /** @param at Offset in the text, in UTF-16 units. */
  placeOf(at: number): Place {
    this.#lines ??= new Lines(this.text);
    const line = this.#lines.lineAt(at);
    return { line, column: at - this.#lines.startOf(line) + 1 };
  }

  /** The lines around a place, numbered, with a mark under the column. */
  excerpt(at: number): string {
    const { line, column } = this.placeOf(at);
    const lines = this.text.split(/\r?\n/);
    const first = Math.max(1, line - LINES_AROUND);
    const last = Math.min(lines.length, line + LINES_AROUND);
    const width = String(last).length;
    const from = firstShown((lines[line - 1] ?? "").length, column);
    const shown: string[] = [];
    for (let number = first; number <= last; number += 1) {
      const text = cut(lines[number - 1] ?? "", number === line ? from : 0);
      shown.push(`${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text}`.trimEnd());
      if (number === line) shown.push(`  ${" ".repeat(width)} | ${" ".repeat(column - 1 - from)}^`);
    }
    return shown.join("\n");
  }
}

/** Where the shown part of a line begins, so that the column is in it. */
function firstShown(length: number, column: number): number {
  return length <= MAX_LINE_CHARACTERS ? 0 : Math.max(0, column - MAX_LINE_CHARACTERS / 2);
}

/** An ellipsis stands for what is left out. */
function cut(line: string, from: number): string {
  const text = line.slice(from, from + MAX_LINE_CHARACTERS);
  const start = from > 0 ? `…${text.slice(1)}` : text;
  return from + MAX_LINE_CHARACTERS < line.length ? `${start.slice(0, -1)}…` : start;
}
