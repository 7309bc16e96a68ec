import { inTime } from "../in-time.ts";

const FRESH_MS = 1000;
const DEFAULT_TIMEOUT_MS = 2000;

/** Something that an application cannot do without, and a cheap question to it. */
export interface ReadinessCheck {
  readonly name: string;
  /** Throws, or rejects, when there is no answer. */
  readonly ask: () => unknown;
}

/** What was found of one check. For a developer: strangers are told none of it. */
export interface CheckResult {
  readonly name: string;
  readonly isReachable: boolean;
  /** How long the answer took, or was waited for. */
  readonly milliseconds: number;
  /** When it was first found so, in milliseconds since 1970. */
  readonly since: number;
}

export interface ReadinessOptions {
  readonly checks: readonly ReadinessCheck[];
  /** Is told of a check that fails, once, and of its return. */
  readonly onChange: (name: string, isReachable: boolean, error?: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that never go back. */
  readonly monotonicNow: () => number;
  /** How long an answer is waited for. Default: 2000 milliseconds. */
  readonly timeoutMs?: number;
}

export interface ReadinessReport {
  readonly isReady: boolean;
  readonly checks: readonly CheckResult[];
}

/**
 * Whether an application can serve. All who ask within a second share one look, and what does not answer is not asked a second
 * time before it has: whoever asks often causes no more work than who asks once a second.
 */
export class Readiness {
  readonly #options: ReadinessOptions;
  readonly #known = new Map<string, CheckResult>();
  readonly #unanswered = new Map<string, Promise<unknown>>();
  #look: Promise<readonly CheckResult[]> | undefined;
  #isLooking = false;
  #lookedAt = 0;
  #hasEnded = false;

  constructor(options: ReadinessOptions) {
    this.#options = options;
  }

  async report(): Promise<ReadinessReport> {
    const checks = await this.#freshLook();
    return { isReady: !this.#hasEnded && checks.every(({ isReachable }) => isReachable), checks };
  }

  /** The application stops: from now on it is not ready, whatever answers. */
  end(): void {
    this.#hasEnded = true;
  }

  #freshLook(): Promise<readonly CheckResult[]> {
    const { checks, monotonicNow } = this.#options;
    const isFresh = this.#isLooking || monotonicNow() - this.#lookedAt < FRESH_MS;
    if (this.#look !== undefined && isFresh) return this.#look;
    this.#isLooking = true;
    this.#look = Promise.all(checks.map((check) => this.#ask(check))).finally(() => {
      this.#isLooking = false;
      this.#lookedAt = monotonicNow();
    });
    return this.#look;
  }

  async #ask(check: ReadinessCheck): Promise<CheckResult> {
    const { monotonicNow, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const startedAt = monotonicNow();
    const end = (isReachable: boolean, error?: unknown): CheckResult =>
      this.#note(check.name, isReachable, Math.round(monotonicNow() - startedAt), error);
    try {
      await inTime(check.name, this.#answerOf(check), timeoutMs);
      return end(true);
    } catch (error) {
      return end(false, error);
    }
  }

  /** The question that is still open, or else a new one. */
  #answerOf({ name, ask }: ReadinessCheck): Promise<unknown> {
    const open = this.#unanswered.get(name);
    if (open !== undefined) return open;
    const answer = (async () => ask())().finally(() => this.#unanswered.delete(name));
    answer.catch(() => {}); // it may fail when nobody waits for it any more
    this.#unanswered.set(name, answer);
    return answer;
  }

  #note(name: string, isReachable: boolean, milliseconds: number, error: unknown): CheckResult {
    const { now, onChange } = this.#options;
    const before = this.#known.get(name);
    const hasChanged = before?.isReachable !== isReachable;
    if (hasChanged && (before !== undefined || !isReachable)) onChange(name, isReachable, error);
    const result = { name, isReachable, milliseconds, since: hasChanged ? now() : before.since };
    this.#known.set(name, result);
    return result;
  }
}
