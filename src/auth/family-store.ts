import { randomId } from "../crypto/random-id.ts";
import { sha256 } from "../crypto/sha256.ts";
import { askStore, storeUnavailable } from "../errors.ts";
import { KEPT_LONGER_MS, MAX_WRITE_ATTEMPTS, type SessionStore } from "../session/session-store.ts";
import { parseRefreshFamily, type RefreshFamily } from "./refresh-family.ts";

const GENERATION_BYTES = 16;

/** A family as it was read. A write must name its version. */
export interface KeptFamily {
  readonly family: RefreshFamily;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Keeps refresh families in the session backend, and what ends many of them at once.
 *
 * Nobody keeps lists of families. All families of a subject belong to its generation; a new generation ends them, also one that is
 * just being made. All families of a session end when the session is noted as ended.
 *
 * Every verb throws an `HttpError` 503 `STORE_UNAVAILABLE` when the store cannot be asked.
 */
export class FamilyStore {
  readonly #store: SessionStore;
  readonly #lifetimeMs: number;
  readonly #now: () => number;

  /** @param lifetimeMs How long a family can last. */
  constructor(store: SessionStore, lifetimeMs: number, now: () => number) {
    this.#store = store;
    this.#lifetimeMs = lifetimeMs;
    this.#now = now;
  }

  async read(id: string): Promise<KeptFamily | null> {
    const record = await askStore(() => this.#store.read(familyKey(id)));
    const family = record && parseRefreshFamily(record.value);
    return record && family && { family, version: record.version, expiresAt: record.expiresAt };
  }

  /**
   * @param version What was read; `null` for a new family.
   * @returns Whether nobody else was faster.
   */
  async write(id: string, family: RefreshFamily, expiresAt: number, version: string | null): Promise<boolean> {
    const record = { value: JSON.stringify(family), expiresAt };
    return (await askStore(() => this.#store.write(familyKey(id), record, version))) !== null;
  }

  /** Nobody who has read the family before can write it any more. */
  async remove(id: string): Promise<void> {
    await askStore(() => this.#store.remove(familyKey(id)));
  }

  /** The generation that a new family of the subject belongs to; empty until one is noted. */
  async generationOf(subject: string | number): Promise<string> {
    return (await askStore(() => this.#store.read(generationKey(subject))))?.value ?? "";
  }

  /** Ends all families of a subject. */
  async startGeneration(subject: string | number): Promise<void> {
    await this.#note(generationKey(subject), JSON.stringify(randomId(GENERATION_BYTES)));
  }

  /** Ends all families of a session. */
  async endSession(session: string): Promise<void> {
    await this.#note(endedSessionKey(session), "{}");
  }

  /** Whether a family was ended together with others. No note, or none any more, means: not since it began. */
  async hasEnded({ subject, generation, session }: RefreshFamily): Promise<boolean> {
    const noted = await this.generationOf(subject);
    if (noted !== "" && noted !== generation) return true;
    return session !== null && (await askStore(() => this.#store.read(endedSessionKey(session)))) !== null;
  }

  async #note(key: string, value: string): Promise<void> {
    for (let attempt = 0; attempt < MAX_WRITE_ATTEMPTS; attempt++) {
      const before = await askStore(() => this.#store.read(key));
      const record = { value, expiresAt: this.#now() + this.#lifetimeMs + KEPT_LONGER_MS };
      if ((await askStore(() => this.#store.write(key, record, before?.version ?? null))) !== null) return;
    }
    throw storeUnavailable(new Error(`A record was changed by others ${MAX_WRITE_ATTEMPTS} times in a row.`));
  }
}

function familyKey(id: string): string {
  return `family:${digest(id)}`;
}

function generationKey(subject: string | number): string {
  return `generation:${digest(String(subject))}`;
}

function endedSessionKey(session: string): string {
  return `ended:${digest(session)}`;
}

function digest(text: string): string {
  return sha256(text, "base64url");
}
