import type { Response } from "../http/response.ts";
import { type Html, html } from "../text/html.ts";
import { debugPage } from "./debug-page.ts";
import { type DebugRow, debugTable } from "./debug-table.ts";
import type { Door } from "./door.ts";
import { OVERVIEW_PATH } from "./overview-path.ts";
import { MAX_REQUESTS, type RecentRequest } from "./recent-requests.ts";
import type { SettingLine } from "./setting-line.ts";
import { shownText } from "./shown-text.ts";

/** What an application is, and what has happened to it. */
export interface Overview {
  readonly doors: readonly Door[];
  /** The names of what stands around every route. */
  readonly globalMiddleware: readonly string[];
  readonly settings: readonly SettingLine[];
  /** The latest first. */
  readonly requests: readonly RecentRequest[];
}

/** Of the text that is looked for. */
export const MAX_FIND_CHARACTERS = 100;
const DOOR_HEADINGS = ["Route", "Lock", "Form token", "Other sites", "Limit", "Body", "Middleware", "Declared"];
const SETTING_HEADINGS = ["Setting", "Value", "From", "In production"];
const REQUEST_HEADINGS = ["Request", "Status", "Stopped by", "Time (UTC)", "Took", "Request id"];

/**
 * Writes the page that shows which doors are open, what is set, and what was turned away.
 *
 * @param find Only rows that hold this text are shown, whatever its case.
 */
export function overviewPage(response: Response, overview: Overview, find: string): string {
  const { doors, globalMiddleware, settings, requests } = overview;
  const holds = (row: object): boolean => JSON.stringify(row).toLowerCase().includes(find.toLowerCase());
  return debugPage(response, {
    title: "What this application does",
    header: html`<p class="kicker">Only on this machine, and only in debug</p>
<h1>What this application does</h1>
${searchForm(find)}
<nav aria-label="Sections"><ul><li><a href="#doors">Doors</a></li><li><a href="#settings">Settings</a></li><li><a href="#requests">Last requests</a></li></ul></nav>`,
    body: html`${doorSummary(doors)}
<h2 id="doors">Doors</h2>
<p>HEAD is guarded as its GET. Around every route: ${globalMiddleware.join(", ") || "no middleware of the application"}.</p>
${debugTable("Every route, open writes first", DOOR_HEADINGS, inOrder(doors).filter(holds).map(doorRow))}
<h2 id="settings">Settings</h2>
${settingTables(settings.filter(holds), find !== "")}
<h2 id="requests">Last requests</h2>
${debugTable("The last requests, the latest first", REQUEST_HEADINGS, requests.filter(holds).map(requestRow))}`,
    footer: html`This page exists only while TINA4_DEBUG is on. It keeps the last ${MAX_REQUESTS} requests in memory, without bodies and headers.`,
  });
}

function searchForm(find: string): Html {
  return html`<form method="get" action="${OVERVIEW_PATH}" role="search">
<label for="find">Show what holds</label>
<input id="find" name="find" type="search" value="${find}" maxlength="${MAX_FIND_CHARACTERS}" autocomplete="off">
<button>Show</button>${find !== "" && html` <a href="${OVERVIEW_PATH}">Show all</a>`}
</form>`;
}

function doorSummary(doors: readonly Door[]): Html {
  const openWrites = doors.filter(({ isOpenWrite }) => isOpenWrite);
  const unlimited = openWrites.filter(({ hasOwnLimit }) => !hasOwnLimit);
  const locked = doors.filter(({ isLocked }) => isLocked).length;
  const reads = doors.length - locked - openWrites.length;
  return html`<section class="summary ${openWrites.length > 0 && "danger"}" aria-label="Open doors">
<p><strong>${count(openWrites.length, "open write")}</strong>, ${unlimited.length} without a limit of ${unlimited.length === 1 ? "its" : "their"} own. ${count(reads, "open read")}, ${locked} locked.</p>
${
  openWrites.length > 0 &&
  html`<p>Strangers may change something here, unless middleware turns them away:</p>
<ul>${openWrites.map(openWriteItem)}</ul>`
}
</section>`;
}

function openWriteItem({ method, path, declaredAt, hasOwnLimit }: Door): Html {
  return html`<li><code>${method} ${path}</code> <span class="soft">${declaredAt}</span>${!hasOwnLimit && ", no limit of its own"}</li>`;
}

/** What was set, or is weak, and folded away what is as it always is. */
function settingTables(settings: readonly SettingLine[], isOpen: boolean): Html {
  const isPlain = ({ doubt, source }: SettingLine): boolean => doubt === undefined && source === "default";
  const plain = settings.filter(isPlain);
  const others = settings.filter((line) => !isPlain(line));
  const weak = others.filter(({ doubt }) => doubt !== undefined).length;
  return html`${debugTable(`Set by you, or weak for production (${weak})`, SETTING_HEADINGS, others.map(settingRow))}
<details${isOpen && html` open`}><summary>${count(plain.length, "setting")} with a good default</summary>
${debugTable("Settings with a good default", SETTING_HEADINGS, plain.map(settingRow))}
</details>`;
}

function doorRow(door: Door): DebugRow {
  const { method, path, name, isOpenWrite, isLocked, lock, formToken, crossSite, limits, body } = door;
  const lines = (texts: readonly string[]): readonly Html[] => texts.map((text) => html`<p>${text}</p>`);
  return {
    emphasis: isOpenWrite ? "danger" : "",
    cells: [
      html`${method} ${path}${name !== undefined && html` <span class="soft">(${name})</span>`}`,
      isLocked ? html`<span class="badge good">${lock}</span>` : isOpenWrite ? badge("bad", "open write") : lock,
      formToken,
      crossSite,
      lines(limits),
      lines([body, ...(door.schemas.length === 0 ? [] : [`schema for ${door.schemas.join(", ")}`])]),
      door.middleware.length === 0 ? "none" : door.middleware.map((entry) => html`<p>${breakable(entry)}</p>`),
      html`<code>${breakable(door.declaredAt)}</code>`,
    ],
  };
}

function settingRow({ name, value, source, doubt }: SettingLine): DebugRow {
  return {
    emphasis: doubt === undefined ? "" : "doubt",
    cells: [name, html`<code>${value}</code>`, source, doubt === undefined ? "fine" : badge("unsure", doubt)],
  };
}

function requestRow({ method, target, status, stop, endedAt, durationMs, id }: RecentRequest): DebugRow {
  const isRefused = status >= 400;
  const own = isRefused ? "the application's own answer" : "nothing";
  return {
    emphasis: status >= 500 ? "danger" : isRefused ? "doubt" : "",
    cells: [
      `${shownText(method)} ${shownText(target)}`,
      isRefused ? badge(status >= 500 ? "bad" : "unsure", String(status)) : String(status),
      stop === undefined ? own : html`<p><code>${stop.code}</code></p><p>${shownText(stop.reason)}</p>`,
      new Date(endedAt).toISOString().slice("2026-01-01T".length, -1),
      `${durationMs.toFixed(1)} ms`,
      html`<code>${shownText(id)}</code>`,
    ],
  };
}

function badge(kind: "bad" | "unsure", words: string): Html {
  return html`<span class="badge ${kind}"><span aria-hidden="true">⚠</span> ${words}</span>`;
}

/** A long name breaks where its parts end. */
function breakable(text: string): readonly Html[] {
  return text.split(/(?<=[/:])/).map((part) => html`${part}<wbr>`);
}

/** Open writes first, then open reads, then what is locked; each as they were registered. */
function inOrder(doors: readonly Door[]): readonly Door[] {
  const rank = ({ isOpenWrite, isLocked }: Door): number => (isOpenWrite ? 0 : isLocked ? 2 : 1);
  return doors.toSorted((one, other) => rank(one) - rank(other));
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
