/** What the pages of the book call it. */
const STORAGE_KEY = "token";
const MAX_LENGTH = 8192;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** The Bearer token of this page: in memory, which no other page and no later visit can read, or where the page asks for it. */
export class BearerToken {
  readonly #storage: Storage | null;
  #inMemory: string | null = null;

  /** @param storage Where the token outlives the page; `null` keeps it in memory. */
  constructor(storage: Storage | null) {
    this.#storage = storage;
  }

  get(): string | null {
    const token = this.#storage === null ? this.#inMemory : this.#storage.getItem(STORAGE_KEY);
    return isJwt(token) ? token : null;
  }

  /** @throws {TypeError} when it is neither a JWT nor `null`. */
  set(token: string | null): void {
    if (token !== null && !isJwt(token)) throw new TypeError("frond.token is a JWT, or null to forget it.");
    this.#inMemory = this.#storage === null ? token : null;
    if (token === null) this.#storage?.removeItem(STORAGE_KEY);
    else this.#storage?.setItem(STORAGE_KEY, token);
  }

  /**
   * Takes over what an answer brings.
   *
   * @param sent What its request carried. If the page has another one by now, or none, an old answer does not bring it back.
   * @param candidates Best first; the first that is a JWT is taken.
   */
  adopt(sent: string | null, candidates: readonly unknown[]): void {
    const token = candidates.find(isJwt);
    if (token !== undefined && this.get() === sent) this.set(token);
  }

  /** Forgets a token that the server refuses. */
  drop(sent: string): void {
    if (this.get() === sent) this.set(null);
  }
}

function isJwt(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_LENGTH && JWT.test(value);
}
