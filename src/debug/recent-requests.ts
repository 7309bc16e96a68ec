import type { Refusal } from "../errors.ts";
import type { Request } from "../http/request.ts";
import { scrubMessage } from "../log/scrub-fields.ts";
import { loggedTarget } from "../middleware/logged-target.ts";

export const MAX_REQUESTS = 100;
const MAX_METHOD_CHARACTERS = 16;
const MAX_TARGET_CHARACTERS = 512;
const MAX_REASON_CHARACTERS = 300;

/** One request that is over. */
export interface RecentRequest {
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  readonly id: string;
  readonly method: string;
  /** As logs show it: without secrets. */
  readonly target: string;
  readonly status: number;
  readonly durationMs: number;
  /** What turned it away, if something did. */
  readonly stop: Stop | undefined;
}

/** Why a request did not come through. */
export interface Stop {
  readonly code: string;
  readonly reason: string;
}

export interface RecentRequestsOptions {
  readonly now: () => number;
  readonly monotonicNow: () => number;
}

/** Remembers the last requests, in memory and in few bytes each. */
export class RecentRequests {
  readonly #options: RecentRequestsOptions;
  readonly #stops = new WeakMap<Request, Stop>();
  readonly #leftOut = new WeakSet<Request>();
  readonly #requests: RecentRequest[] = [];

  constructor(options: RecentRequestsOptions) {
    this.#options = options;
  }

  /** The latest first. */
  get latest(): readonly RecentRequest[] {
    return this.#requests.toReversed();
  }

  /** The moment at which a request begins. */
  start(): number {
    return this.#options.monotonicNow();
  }

  /** Notes what a request was turned away with. */
  stop(request: Request, { code, reason, message }: Refusal): void {
    this.#stops.set(request, { code, reason: cut(scrubMessage(reason ?? message), MAX_REASON_CHARACTERS) });
  }

  leaveOut(request: Request): void {
    this.#leftOut.add(request);
  }

  /** @param startedAt as `start` gave it. */
  write(request: Request, status: number, startedAt: number): void {
    if (this.#leftOut.has(request)) return;
    const { id, method } = request;
    this.#requests.push({
      id,
      method: cut(method, MAX_METHOD_CHARACTERS),
      target: cut(loggedTarget(request), MAX_TARGET_CHARACTERS),
      status,
      stop: this.#stops.get(request),
      endedAt: this.#options.now(),
      durationMs: this.#options.monotonicNow() - startedAt,
    });
    if (this.#requests.length > MAX_REQUESTS) this.#requests.shift();
  }
}

/** Copied, since a part of a text keeps the whole of it in memory. */
function cut(text: string, length: number): string {
  return text.length > length ? Buffer.from(`${text.slice(0, length)}…`).toString() : text;
}
