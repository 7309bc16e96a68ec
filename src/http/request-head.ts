import type { IncomingMessage } from "node:http";
import { parseCookies } from "./cookie-header.ts";
import { headerRecord } from "./header-record.ts";
import { isJsonType, parseMediaType } from "./media-type.ts";
import { prefersMediaType } from "./prefers-media-type.ts";

/** RFC 9110 §11.4: in any case, and more spaces may follow, but nothing else. */
const BEARER = "bearer ";
/** RFC 6750 §2.1: what follows the scheme. */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** What the application knows of a connection. */
export interface ConnectionFacts {
  clientAddress(raw: IncomingMessage): string;
  isSecure(raw: IncomingMessage): boolean;
}

/** What a request says before its body: method, target and headers, each readable in one way only. */
export abstract class RequestHead {
  /** Node's own request. It is aborted when the client leaves early. */
  readonly raw: IncomingMessage;
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  /** The path as it was sent, still percent-encoded: what routes are matched against. */
  readonly path: string;
  /** Names this request in logs and as `X-Request-ID`; a well-formed id that came along is kept, so it proves nothing. */
  id = "";
  readonly #connection: ConnectionFacts;
  #headers: Readonly<Record<string, string | undefined>> | undefined;
  #cookies: Readonly<Record<string, string>> | undefined;

  constructor(raw: IncomingMessage, connection: ConnectionFacts) {
    const { method = "", url = "" } = raw;
    const question = url.indexOf("?");
    this.raw = raw;
    this.#connection = connection;
    this.method = method;
    this.url = url;
    this.path = question < 0 ? url : url.slice(0, question);
  }

  /** @internal What the application lends this request. */
  get lender(): ConnectionFacts {
    return this.#connection;
  }

  /** All headers, with lower-case names, in a record without a prototype. */
  get headers(): Readonly<Record<string, string | undefined>> {
    this.#headers ??= headerRecord(this.raw);
    return this.#headers;
  }

  /** @param name Of a header, in any case. */
  header(name: string): string | undefined {
    return this.headers[name.toLowerCase()];
  }

  /** Cookies as they were sent: nothing is decoded, and a name that came with two values is left out. */
  get cookies(): Readonly<Record<string, string>> {
    this.#cookies ??= parseCookies(this.raw.headers.cookie).values;
    return this.#cookies;
  }

  /** The client's address: the peer's, or behind a trusted proxy the one that proxy reports. */
  get ip(): string {
    return this.#connection.clientAddress(this.raw);
  }

  get secure(): boolean {
    return this.#connection.isSecure(this.raw);
  }

  get protocol(): "http" | "https" {
    return this.secure ? "https" : "http";
  }

  /** The Host header: name or address, with the port where one was sent. */
  get host(): string {
    return this.raw.headers.host ?? "";
  }

  /** The token of an `Authorization: Bearer` header, **unverified**; `null` without one. */
  bearerToken(): string | null {
    const text = this.bearerText();
    return text !== null && TOKEN.test(text) ? text : null;
  }

  /** @internal What follows `Bearer`, for those who look at every character themselves. */
  bearerText(): string | null {
    const { authorization = "" } = this.raw.headers;
    let start = BEARER.length;
    if (authorization.slice(0, start).toLowerCase() !== BEARER) return null;
    while (authorization[start] === " ") start += 1;
    return authorization.slice(start);
  }

  /** Whether the body is declared as JSON. */
  isJson(): boolean {
    return isJsonType(parseMediaType(this.raw.headers["content-type"])?.name ?? "");
  }

  /**
   * Whether the client prefers this media type to the others it accepts.
   *
   * @param type `"html"`, `"json"`, `"text"`, `"xml"`, or a full media type.
   */
  wants(type: string): boolean {
    return prefersMediaType(this.raw.headers.accept, type);
  }
}
