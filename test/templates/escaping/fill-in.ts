import { type Context, PAGE_TEXT } from "../../../src/templates/escaping/context.ts";
import { printAt } from "../../../src/templates/escaping/print-at.ts";
import { rawAt } from "../../../src/templates/escaping/raw-at.ts";
import { readText } from "../../../src/templates/escaping/read-text.ts";
import { UnsafePlace } from "../../../src/templates/escaping/unsafe-place.ts";

/** A template without a language: text, `{{ v }}` for the next of the values, `{{ v|raw }}` for what the developer answers for. */
export function fillIn(template: string, ...values: readonly unknown[]): string {
  return follow(template, values).page;
}

/** Where a page stands after a template. */
export function contextAfter(template: string, context?: Context): Context {
  return follow(template, ["x"], context).context;
}

/** What is told about a template that cannot be made safe. */
export function problemOf(template: string): string {
  try {
    follow(template, ["x"]);
  } catch (error) {
    if (error instanceof UnsafePlace) return error.problem;
    throw error;
  }
  return "none";
}

export function follow(
  template: string,
  values: readonly unknown[],
  from: Context = PAGE_TEXT,
): { readonly page: string; readonly context: Context } {
  let context = from;
  let page = "";
  let count = 0;
  for (const piece of template.split(/(\{\{ v(?:\|raw)? \}\})/)) {
    const value = values[Math.min(count, values.length - 1)];
    if (piece === "{{ v }}") {
      const plan = printAt(context);
      page += (plan.before ?? "") + plan.escape(value);
      context = plan.context;
      count += 1;
    } else if (piece === "{{ v|raw }}") {
      const plan = rawAt(context);
      page += `${plan.before ?? ""}${value}`;
      context = plan.context;
      count += 1;
    } else {
      const read = readText(context, piece);
      page += read.text;
      context = read.context;
    }
  }
  return { page, context };
}
