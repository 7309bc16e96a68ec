import type { SettingSources, Settings } from "../config/settings.ts";
import type { Refusal } from "../errors.ts";
import type { MatchedRoute, Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import type { Step } from "../pipeline/step.ts";
import type { Door } from "./door.ts";
import { errorChain } from "./error-chain.ts";
import { errorLines } from "./error-lines.ts";
import { errorReportPage } from "./error-report-page.ts";
import { isFromAnotherSite, isReadByAnotherSite } from "./is-from-another-site.ts";
import { isFromThisMachine } from "./is-from-this-machine.ts";
import { MAX_FIND_CHARACTERS, overviewPage } from "./overview-page.ts";
import { OVERVIEW_PATH } from "./overview-path.ts";
import type { RecentRequests } from "./recent-requests.ts";
import { settingLines } from "./setting-line.ts";
import { realFolder } from "./stack-frames.ts";

const READING_METHODS: readonly string[] = ["GET", "HEAD"];

export interface DebugPagesOptions {
  /** Every method of every route, in the order of their registration. */
  readonly doors: readonly (readonly [MatchedRoute, Door])[];
  /** The names of what stands around every route. */
  readonly globalMiddleware: readonly string[];
  readonly settings: Settings;
  readonly sources: SettingSources;
  /** The project's folder, absolute. */
  readonly root: string;
  /** Whether a route of the project has the path of the overview: it wins, here as in production. */
  readonly isPathTaken: boolean;
  readonly requests: RecentRequests;
}

/** What is said to the developer about an error. */
export interface DebugReport {
  /** For an answer in JSON. */
  readonly lines: readonly string[];
  /** Writes the page for a browser, and its headers. */
  page(response: Response): string;
}

/** The pages that only a developer at this very machine sees, and only in debug: for all others they do not exist. */
export class DebugPages {
  readonly requests: RecentRequests;
  readonly #options: DebugPagesOptions;

  constructor(options: DebugPagesOptions) {
    this.#options = options;
    this.requests = options.requests;
  }

  /** Answers the developer who asks for the overview. Everybody else goes on, to the 404 of an unknown path. */
  readonly enter: Step = (request, response) => {
    if (request.path !== OVERVIEW_PATH || !READING_METHODS.includes(request.method)) return undefined;
    if (this.#options.isPathTaken || !isFromThisMachine(request) || isFromAnotherSite(request)) return undefined;
    this.requests.leaveOut(request);
    return response.html(this.#overview(request, response));
  };

  /** Notes what a request failed with. */
  noteFailure(error: unknown, refusal: Refusal, request: Request): void {
    this.requests.stop(request, { ...refusal, reason: errorLines(error)[0] });
  }

  /** What the developer is told about an error; nothing, where somebody else could read it. */
  reportOf(error: unknown, { status }: Refusal, request: Request): DebugReport | undefined {
    if (!isFromThisMachine(request) || isReadByAnotherSite(request)) return undefined;
    return { lines: errorLines(error), page: (response) => this.#errorPage(error, status, request, response) };
  }

  #overview(request: Request, response: Response): string {
    const { doors, globalMiddleware, settings, sources } = this.#options;
    return overviewPage(
      response,
      {
        doors: doors.map(([, door]) => door),
        globalMiddleware,
        settings: settingLines(settings, sources),
        requests: this.requests.latest,
      },
      textToFind(request),
    );
  }

  #errorPage(error: unknown, status: number, request: Request, response: Response): string {
    const { doors, root } = this.#options;
    const door = doors.find(([matched]) => matched === request.route)?.[1];
    const realRoot = realFolder(root);
    return errorReportPage({ status, chain: errorChain(error, realRoot), door, root: realRoot }, request, response);
  }
}

function textToFind({ url, path }: Request): string {
  return (new URLSearchParams(url.slice(path.length + 1)).get("find") ?? "").trim().slice(0, MAX_FIND_CHARACTERS);
}
