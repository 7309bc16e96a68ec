import type { IncomingMessage } from "node:http";
import { randomId } from "../crypto/random-id.ts";
import { Tina4Error } from "../errors.ts";
import { admitNonce } from "./admit-nonce.ts";
import { Callable } from "./callable.ts";
import { checkHeaderField } from "./header-field.ts";
import { HeaderList } from "./header-list.ts";
import type { ResponseLender } from "./response-lender.ts";
import { type CookieOptions, serializeSetCookie } from "./set-cookie.ts";

const NONCE_BYTES = 16;

/** What a response has to know of its request. */
export interface ResponseContext {
  readonly method: string;
  readonly secure: boolean;
  readonly raw: IncomingMessage;
  formToken(): string;
}

const NO_FIELDS: readonly string[] = [];
const NOTHING_LENT: ResponseLender = {
  projectRoot: ".",
  renderPage: (template) => {
    throw new Tina4Error("TEMPLATE_MISSING", `There are no templates here, so ${template} is not there.`);
  },
};

/** What is sent before the body: status, headers and cookies. */
export abstract class ResponseHead extends Callable {
  protected readonly context: ResponseContext;
  protected readonly lender: ResponseLender;
  readonly #headers: HeaderList;
  #status = 200;
  #produced = false;
  /** The Content-Type that follows from the body, and the one that the program chose instead. */
  #bodyType: string | undefined;
  #chosenType: string | undefined;
  #nonce: string | undefined;

  /**
   * @param commonHeaders Names and values in turn, that every response carries.
   * @param lender Default: the current folder, and no templates.
   */
  constructor(context: ResponseContext, commonHeaders: readonly string[], lender: ResponseLender = NOTHING_LENT) {
    super();
    this.context = context;
    this.lender = lender;
    this.#headers = new HeaderList(commonHeaders);
  }

  /** The status as it is now. */
  get statusCode(): number {
    return this.#status;
  }

  /** Whether a body, a redirect or a status was set. */
  get produced(): boolean {
    return this.#produced;
  }

  /** @param code 200 to 599. */
  status(code: number): this {
    if (!Number.isInteger(code) || code < 200 || code > 599) {
      throw new Tina4Error("RESPONSE_INVALID", `A response has a status from 200 to 599, not ${code}.`);
    }
    this.#status = code;
    this.#produced = true;
    return this;
  }

  /**
   * Sets a header, in place of one with the same name. A `Vary` is added to the framework's own.
   *
   * @throws {Tina4Error} HEADER_INVALID when it cannot be sent as one header, or when it frames the message, as
   *   Content-Length does: a response that lies about its length can be read as two.
   * @see CWE-113
   */
  header(name: string, value: string | number): this {
    const text = typeof value === "number" ? String(value) : value;
    if (isContentType(name)) {
      checkHeaderField(name, text);
      this.#chosenType = text;
    } else {
      this.#headers.set(name, text);
    }
    return this;
  }

  /** The value a header has now. */
  getHeader(name: string): string | undefined {
    return isContentType(name) ? (this.#chosenType ?? this.#bodyType) : this.#headers.get(name);
  }

  /** Removes a header, also a protective one of the framework; if the request then fails, its error page has it again. */
  removeHeader(name: string): this {
    if (isContentType(name)) this.#chosenType = undefined;
    else this.#headers.remove(name);
    return this;
  }

  /**
   * Sets a cookie: HttpOnly, SameSite=Lax, Path=/ and, over HTTPS, Secure unless said otherwise.
   *
   * @param value Sent as it stands, as `request.cookies` gives it back: visible ASCII without a semicolon.
   * @throws {Tina4Error} COOKIE_INVALID when browsers would drop the cookie, or a part of it would end the header.
   * @see RFC 6265bis §4.1, CWE-1275
   */
  cookie(name: string, value: string, options: CookieOptions = {}): this {
    const secure = options.secure ?? this.context.secure;
    this.#headers.set("Set-Cookie", serializeSetCookie(name, value, { ...options, secure }));
    return this;
  }

  /** Deletes a cookie. Domain and path must be those it was set with. */
  clearCookie(name: string, options: CookieOptions = {}): this {
    return this.cookie(name, "", { ...options, maxAge: 0, expires: new Date(0) });
  }

  /**
   * The nonce that lets inline scripts and styles of this very response run: `<script nonce="…">`. The first call makes it, adds it
   * to the response's Content-Security-Policy, and makes the response `no-store`: a kept page would tell it to whoever comes next.
   *
   * @returns 22 characters of base64url, 128 random bits.
   * @example
   * ```ts
   * import { createApp } from "tina4-ts";
   * const app = createApp();
   * app.get("/", (_request, response) => response.html(`<script nonce="${response.cspNonce()}">start()</script>`));
   * const answer = await app.dispatch({ path: "/", headers: { Host: "localhost" } });
   * answer.headers.get("Cache-Control"); // "no-store"
   * ```
   * @see CSP Level 3 §7.1
   */
  cspNonce(): string {
    this.#nonce ??= randomId(NONCE_BYTES);
    return this.#nonce;
  }

  /** @internal Adds a header of the framework that is known to be well-formed, and not there yet unless it is a list. */
  stage(name: string, value: string): void {
    this.#headers.stage(name, value);
  }

  /** @internal The same for several: names and values in turn. */
  stageAll(fields: readonly string[]): void {
    this.#headers.stageAll(fields);
  }

  /** @internal Forgets what a handler set, and keeps the headers that every answer carries. */
  reset(): void {
    this.#status = 200;
    this.#produced = false;
    this.#bodyType = undefined;
    this.#chosenType = undefined;
    this.#nonce = undefined;
    this.#headers.reset();
  }

  /** @param bodyFields Headers that describe the body, names and values in turn. */
  protected produce(bodyType: string | undefined, status?: number, bodyFields: readonly string[] = NO_FIELDS): void {
    if (status !== undefined) this.status(status);
    this.#bodyType = bodyType;
    this.#headers.describe(bodyFields);
    this.#produced = true;
  }

  /**
   * All headers in the form that `writeHead` takes.
   *
   * @param bodyBytes `null` without a body, `undefined` for one whose length is not known: its end is marked in another way.
   */
  protected completeHeaders(bodyBytes: number | null | undefined): string[] {
    const fields = this.#headers.merged();
    if (this.#nonce !== undefined) admitNonce(fields, this.#nonce);
    if (this.#status === 204 || this.#status === 304) return fields;
    const type = this.#chosenType ?? this.#bodyType;
    if (bodyBytes !== null && type !== undefined) fields.push("Content-Type", type);
    if (bodyBytes !== undefined) fields.push("Content-Length", String(bodyBytes ?? 0));
    return fields;
  }
}

function isContentType(name: string): boolean {
  return name.length === "content-type".length && name.toLowerCase() === "content-type";
}
