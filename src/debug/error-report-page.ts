import { STATUS_CODES } from "node:http";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import { loggedTarget } from "../middleware/logged-target.ts";
import { type Html, html } from "../text/html.ts";
import { debugPage } from "./debug-page.ts";
import { fieldTable } from "./debug-table.ts";
import type { Door } from "./door.ts";
import type { ErrorFacts } from "./error-chain.ts";
import { OVERVIEW_PATH } from "./overview-path.ts";
import { remedyOf } from "./remedy-of.ts";
import { requestFacts } from "./request-facts.ts";
import { shownText } from "./shown-text.ts";
import { type SourceExcerpt, sourceExcerpt } from "./source-excerpt.ts";
import type { StackFrame } from "./stack-frames.ts";

const MAX_HEADLINE_CHARACTERS = 300;

export interface ErrorReport {
  /** What the request is answered with. */
  readonly status: number;
  /** What was thrown, then its causes. */
  readonly chain: readonly ErrorFacts[];
  /** The route at work, if the request had got to one. */
  readonly door: Door | undefined;
  /** The project's folder, free of links. */
  readonly root: string;
}

/** Writes the page that shows the developer where an error comes from and which request met it. */
export function errorReportPage(report: ErrorReport, request: Request, response: Response): string {
  const { status, chain, door, root } = report;
  const [thrown] = chain as readonly [ErrorFacts];
  const headline = shownText(thrown.message.slice(0, MAX_HEADLINE_CHARACTERS)) || "An error without a message";
  const remedy = chain.map(remedyOf).find((text) => text !== undefined);
  return debugPage(response, {
    title: `${status} ${thrown.name}`,
    header: html`<p class="kicker"><strong>${status} ${STATUS_CODES[status] ?? ""}</strong> · ${request.method} ${shownText(loggedTarget(request))}</p>
<h1>${headline}</h1>
<p class="kicker">${errorTitle(thrown)}</p>`,
    body: html`${remedy !== undefined && html`<section class="summary doubt" aria-label="What to do"><p>${remedy}</p></section>`}
${placeOf(chain, root)}
${chain.slice(1).map((cause) => html`<h3>Caused by: ${errorTitle(cause)}</h3><pre class="plain"><code>${shownText(cause.message)}</code></pre>${stackList(cause.frames)}`)}
<h2>Stack</h2>
${thrown.message.length > MAX_HEADLINE_CHARACTERS && html`<details><summary>The whole message</summary><pre class="plain"><code>${shownText(thrown.message)}</code></pre></details>`}
${stackList(thrown.frames, thrown.template === undefined)}
<h2>Request</h2>
${fieldTable("Route", routeFields(request, door))}
${requestFacts(request).map(({ title, fields }) =>
  fieldTable(
    title,
    fields.map(([name, value]) => [shownText(name), shownText(value)]),
  ),
)}`,
    footer: html`Only on this machine, and only in debug. Visitors get a page without any of this. <a href="${OVERVIEW_PATH}">What this application does</a>`,
  });
}

function errorTitle({ name, code }: ErrorFacts): Html {
  return html`${shownText(name)}${code !== undefined && html` <code>${shownText(code)}</code>`}`;
}

/** The first place that the project's own files have to do with it. */
function placeOf(chain: readonly ErrorFacts[], root: string): Html | undefined {
  const template = chain.find((error) => error.template !== undefined)?.template;
  if (template !== undefined) {
    return html`<h2>Template <code>${shownText(template.place)}</code></h2>
${templateMarkup(template.excerpt)}`;
  }
  for (const { call, place, file, line, isOwn } of chain.flatMap(({ frames }) => frames)) {
    const excerpt = isOwn ? sourceExcerpt(root, file, line) : undefined;
    if (excerpt === undefined) continue;
    return html`<h2>${shownText(call) || "Here"} <code>${shownText(place)}</code></h2>${excerptMarkup(excerpt)}`;
  }
  return undefined;
}

function excerptMarkup({ first, lines, marked }: SourceExcerpt): Html {
  const rows = lines.map((text, index) => {
    const content = html`<span class="number">${first + index}</span>${shownText(text)}`;
    return first + index === marked
      ? html`<mark aria-current="true">${content}</mark>`
      : html`<span class="line">${content}</span>`;
  });
  return html`<pre tabindex="0" aria-label="Source"><code>${rows}</code></pre>`;
}

/** Line by line, so that nothing wraps between a line and the mark under it. */
function templateMarkup(excerpt: string): Html {
  const rows = excerpt.split("\n").map((line) => {
    const isMarked = line.startsWith(">");
    return isMarked
      ? html`<mark aria-current="true">${shownText(line)}</mark>`
      : html`<span class="line">${shownText(line)}</span>`;
  });
  return html`<pre tabindex="0" aria-label="Template"><code>${rows}</code></pre>`;
}

/** @param isOpen Whether calls of others are shown at once where there are none of the project. */
function stackList(frames: readonly StackFrame[], isOpen = true): Html {
  if (frames.length === 0) return html`<p class="soft">No calls are known.</p>`;
  const own = frames.filter(({ isOwn }) => isOwn);
  const others = frames.filter(({ isOwn }) => !isOwn);
  return html`${own.length > 0 && frameList(own)}
${others.length > 0 && html`<details${isOpen && own.length === 0 && html` open`}><summary>${others.length} ${others.length === 1 ? "call" : "calls"} of the framework, of packages and of Node.js</summary>${frameList(others)}</details>`}`;
}

function frameList(frames: readonly StackFrame[]): Html {
  return html`<ol class="frames">${frames.map(
    ({
      call,
      place,
      isOwn,
    }) => html`<li class="${isOwn && "own"}">${shownText(call)} <span class="soft">${shownText(place)}</span></li>
`,
  )}</ol>`;
}

function routeFields(request: Request, door: Door | undefined): readonly (readonly [string, string])[] {
  const id: readonly [string, string] = ["Request id", shownText(request.id)];
  if (door === undefined) return [["Route", "none"], id];
  return [
    ["Route", `${door.method} ${door.path}`],
    ["Declared", door.declaredAt],
    ["Lock", door.lock],
    ["Middleware", door.middleware.join(", ") || "none"],
    id,
  ];
}
