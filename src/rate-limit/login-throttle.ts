import { sha256 } from "../crypto/sha256.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { foldAccount } from "./fold-account.ts";
import { rateKey } from "./rate-key.ts";
import { RateLimiter, type RateLimiterOptions } from "./rate-limiter.ts";
import type { RateDecision } from "./rate-store.ts";

const ACCOUNTS_PER_ADDRESS = 10;
/** Longer than any name or mail address: such names share one counter for each address, unread. */
const MAX_ACCOUNT_LENGTH = 1024;
/** A folded name has no space. */
const TOO_LONG = "too long";

export interface LoginThrottleOptions extends Omit<RateLimiterOptions, "onStoreDown"> {
  /** Failed attempts on one account from one address in any window; ten times as many from one address. */
  readonly limit: number;
}

const OPTION_NAMES: readonly (keyof LoginThrottleOptions)[] = [
  "limit",
  "windowSeconds",
  "scope",
  "sharedStore",
  "onStoreError",
  "onStoreBack",
  "maxClients",
  "now",
];

/** Whom an attempt is for, as far as it says. */
export interface LoginTarget {
  /** Names of accounts as the client wrote them; spelled otherwise each is the same account. */
  readonly names: readonly string[];
  /** Whom a verified credential speaks of. No name stands for the same. */
  readonly subject?: string | undefined;
}

/** One attempt to log in, refused or under way. */
export interface LoginAttempt {
  /** The first refusal, else the decision with the fewest places left. */
  readonly decision: RateDecision;
  /** Lets the attempt not count, unless it failed. What was refused or given back already changes nothing. */
  giveBack(): void | Promise<void>;
}

/** Where an attempt takes a place. */
interface Counter {
  readonly limiter: RateLimiter;
  readonly key: string;
}

interface Place extends Counter {
  readonly decision: RateDecision;
}

/**
 * Slows down who guesses passwords: few failed attempts on one account, and ten times as many on all accounts together,
 * from one address. It does not know which accounts exist, so an unknown one is throttled like any other.
 *
 * A place is taken before the password is looked at and given back afterwards unless it was wrong, so that a hundred
 * parallel guesses are no more than a hundred in a row. From elsewhere an account is never locked.
 *
 * @example
 * ```ts
 * const throttle = new LoginThrottle({ limit: 5 });
 * const attempt = await throttle.take({ names: ["zoe@example.com"] }, "203.0.113.9");
 * attempt.decision.allowed; // true
 * await attempt.giveBack(); // unless the password was wrong
 * ```
 * @see CWE-307
 */
export class LoginThrottle {
  readonly #byAddress: RateLimiter;
  readonly #byAccount: RateLimiter;

  /** @throws {Tina4Error} `OPTION_UNKNOWN` or `OPTION_INVALID` when an option does not exist or is out of its range. */
  constructor(options: LoginThrottleOptions) {
    refuseUnknownKeys("LoginThrottle", options, OPTION_NAMES);
    const { limit, scope = "login" } = options;
    this.#byAccount = new RateLimiter({ ...options, scope: `${scope}:account`, onStoreDown: "refuse" });
    this.#byAddress = new RateLimiter({
      ...options,
      limit: ACCOUNTS_PER_ADDRESS * limit,
      scope: `${scope}:address`,
      onStoreDown: "refuse",
    });
  }

  /**
   * Takes a place of the address and one of each account that is named there, all or none. An attempt that names two
   * accounts counts for both: which of them its handler will look at is not known here. With a shared store a place is
   * taken for a moment even when another has none left.
   *
   * @param target Whom the attempt is for. Attempts that name nobody count together.
   * @param address Where it comes from, as `clientAddress` gives it.
   * @returns The attempt; a promise of it only with a shared store.
   * @throws {HttpError} 503 `STORE_UNAVAILABLE` when the shared store is down: guesses must not go uncounted.
   */
  take(target: LoginTarget, address: string): LoginAttempt | Promise<LoginAttempt> {
    const network = rateKey(address);
    const accounts = accountKeys(target, network).map((key) => ({ limiter: this.#byAccount, key }));
    return takeAll([{ limiter: this.#byAddress, key: network }, ...accounts]);
  }
}

function takeAll(counters: readonly Counter[], taken: readonly Place[] = []): LoginAttempt | Promise<LoginAttempt> {
  const counter = counters[taken.length];
  if (counter === undefined) {
    return { decision: tightest(taken), giveBack: once(() => free(taken)) };
  }
  return whenKnown(counter.limiter.check(counter.key), (decision) =>
    decision.allowed
      ? takeAll(counters, [...taken, { ...counter, decision }])
      : whenKnown(free(taken), () => ({ decision, giveBack() {} })),
  );
}

function free(places: readonly Place[]): void | Promise<void> {
  return places.reduce<void | Promise<void>>(
    (before, { limiter, key, decision }) => whenKnown(before, () => limiter.giveBack(key, decision)),
    undefined,
  );
}

function tightest(places: readonly Place[]): RateDecision {
  return places.map(({ decision }) => decision).reduce((a, b) => (b.remaining < a.remaining ? b : a));
}

/** Hashes, so that names of accounts are not readable in a store; each of them once. */
function accountKeys({ names, subject }: LoginTarget, network: string): readonly string[] {
  const accounts = names.map(foldName);
  // A folded name has no space, so that none can pose as a subject.
  if (subject !== undefined) accounts.push(`subject ${subject}`);
  if (accounts.length === 0) accounts.push("");
  return [...new Set(accounts)].map((account) => sha256(`${network} ${account}`, "base64url"));
}

function foldName(account: string): string {
  const name = account.trim();
  return name.length > MAX_ACCOUNT_LENGTH ? TOO_LONG : foldAccount(name);
}

/** Counters in this process answer at once, and nothing may come between two of them. */
function whenKnown<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

function once<R>(action: () => R): () => R | undefined {
  let isDone = false;
  return () => {
    if (isDone) {
      return undefined;
    }
    isDone = true;
    return action();
  };
}
