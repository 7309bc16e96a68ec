import { type Claims, subjectOf } from "../claims.ts";
import { sha256 } from "../crypto/sha256.ts";
import { askStore, storeUnavailable, Tina4Error } from "../errors.ts";
import { KEPT_LONGER_MS, MAX_WRITE_ATTEMPTS, type SessionStore, type StoredRecord } from "../session/session-store.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { CLOCK_TOLERANCE_SECONDS } from "../tokens/are-times-valid.ts";
import { RevocationList, type Revoked } from "./revocation-list.ts";

export interface RevocationsOptions {
  readonly store: SessionStore;
  /** How long a token, or a chain of renewed ones, can live by the settings: over 0. */
  readonly tokenSeconds: number;
  /** Is told when the store cannot be asked, and not again until it could be. */
  readonly onRefreshError?: ((error: unknown) => void) | undefined;
  /** Is told when this process knows of more revocations than before. */
  readonly onNews?: (() => void) | undefined;
  /** Milliseconds since 1970; the system's clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * Ends access tokens before they expire.
 *
 * The gate asks a list in memory, so no request waits for a store. A revocation counts at once in the process that was told of it,
 * and in every other as soon as that has refreshed its list: within the time between two refreshes, as long as the store
 * answers. While it does not, each process goes by what it knows, and carries what it was told to the store when that is back;
 * a token revoked elsewhere meanwhile lives on until then, or until it expires. Times are compared to the second, and servers
 * whose clocks differ disagree by that much about what was issued before.
 *
 * @see CWE-613
 */
export class Revocations {
  readonly #store: SessionStore;
  readonly #onRefreshError: (error: unknown) => void;
  readonly #onNews: () => void;
  readonly #now: () => number;
  readonly #list: RevocationList;
  readonly #key = `revocations:${sha256("every process", "base64url")}`;
  #versionKnown: string | null = null;
  #changes = 0;
  #changesSaved = 0;
  #exchanging: Promise<void> = Promise.resolve();
  #nextExchange: Promise<void> | undefined;
  #isFailing = false;

  /** @throws {Tina4Error} `OPTION_UNKNOWN` or `OPTION_INVALID` when the options make no sense. */
  constructor(options: RevocationsOptions) {
    refuseUnknownKeys("Revocations", options, ["store", "tokenSeconds", "onRefreshError", "onNews", "now"]);
    const { store, tokenSeconds, onRefreshError = () => {}, onNews = () => {}, now = Date.now } = options;
    if (!(Number.isFinite(tokenSeconds) && tokenSeconds > 0)) {
      throw new Tina4Error("OPTION_INVALID", `tokenSeconds is a number over 0, not ${String(tokenSeconds)}.`);
    }
    this.#store = store;
    this.#onRefreshError = onRefreshError;
    this.#onNews = onNews;
    this.#now = now;
    this.#list = new RevocationList(tokenSeconds);
  }

  /** Whether a verified token was revoked, as far as this process knows. Asks no store. */
  isRevoked(claims: Claims): boolean {
    return this.#list.covers(claims);
  }

  /** The first `iat`, in seconds since 1970, that no revocation of the bearer's tokens covers, as far as this process knows. */
  earliestIssue(claims: Claims): number {
    return this.#list.cutOffOf(subjectOf(claims)) + 1;
  }

  /**
   * Ends all tokens that a subject was issued until now.
   *
   * @param subject As `subjectOf` names it; 42 and "42" are one.
   * @throws {HttpError} 503 `STORE_UNAVAILABLE`: it counts in this process, and in the others when the store is back.
   */
  revokeSubject(subject: string | number): Promise<void> {
    const second = this.#second();
    // Tokens that were issued after a revocation of this same second say a later one: see `AccessTokens.issueTime`.
    const latestIssue = Math.max(second, this.#list.cutOffOf(subject) + 1);
    return this.#revoke("subject", String(subject), Math.min(latestIssue, second + CLOCK_TOLERANCE_SECONDS));
  }

  /**
   * Ends all tokens with a tie.
   *
   * @param tie The name of the claim in `TIE_CLAIMS`.
   * @param id What that claim holds.
   * @throws {HttpError} 503 `STORE_UNAVAILABLE`: it counts in this process, and in the others when the store is back.
   */
  revokeTied(tie: "family" | "session", id: string): Promise<void> {
    // Tokens may say a second later than they were issued in, and once entries are folded that second counts.
    return this.#revoke(tie, id, this.#second() + CLOCK_TOLERANCE_SECONDS);
  }

  /**
   * Takes note that a token with a longer life than the settings give is issued: revocations are kept for as long. The other processes
   * learn it with the next refresh.
   */
  expectTokenSeconds(seconds: number): void {
    if (this.#list.expectTokenSeconds(seconds)) this.#changes++;
  }

  /**
   * Learns what was revoked before this process started: to be awaited before the first request.
   *
   * @throws {HttpError} 503 `STORE_UNAVAILABLE`
   */
  load(): Promise<void> {
    return this.#exchange();
  }

  /** Learns what was revoked elsewhere, and passes on what could not be stored. Never throws. Costs one read when nothing is new. */
  async refresh(): Promise<void> {
    try {
      await this.#exchange();
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#onRefreshError(error);
      this.#isFailing = true;
    }
  }

  #second(): number {
    return Math.floor(this.#now() / 1000);
  }

  #revoke(what: Revoked, name: string, second: number): Promise<void> {
    this.#list.add(what, name, second);
    this.#changes++;
    this.#onNews();
    return this.#exchange();
  }

  /** One exchange at a time. Everybody who asks while one is running shares the next, which sees all that they have added. */
  #exchange(): Promise<void> {
    this.#nextExchange ??= this.#exchangeAfter(this.#exchanging);
    return this.#nextExchange;
  }

  async #exchangeAfter(previous: Promise<void>): Promise<void> {
    await previous.catch(() => {});
    this.#nextExchange = undefined;
    this.#exchanging = this.#readAndWrite();
    return this.#exchanging;
  }

  async #readAndWrite(): Promise<void> {
    for (let attempt = 0; attempt < MAX_WRITE_ATTEMPTS; attempt++) {
      const record = await askStore(() => this.#store.read(this.#key));
      this.#learn(record);
      if (this.#changesSaved === this.#changes || (await this.#save(record))) return;
    }
    throw storeUnavailable(
      new Error(`The list of revocations was changed by others ${MAX_WRITE_ATTEMPTS} times in a row.`),
    );
  }

  #learn(record: StoredRecord | null): void {
    if (record !== null && record.version !== this.#versionKnown) {
      try {
        this.#list.merge(record.value);
      } catch (cause) {
        throw storeUnavailable(cause);
      }
      this.#versionKnown = record.version;
      this.#onNews();
    }
    this.#list.dropDead(this.#second());
  }

  /** @returns Whether nobody else has written in between. */
  async #save(record: StoredRecord | null): Promise<boolean> {
    const changes = this.#changes;
    const expiresAt = this.#now() + this.#list.tokenSeconds * 1000 + KEPT_LONGER_MS;
    const next = { value: this.#list.toText(), expiresAt };
    const version = await askStore(() => this.#store.write(this.#key, next, record?.version ?? null));
    if (version === null) return false;
    this.#versionKnown = version;
    this.#changesSaved = changes;
    return true;
  }
}
