import { Tina4Error } from "../errors.ts";
import { answerWithFile } from "./answer-with-file.ts";
import { EventStream } from "./event-stream.ts";
import type { ServerEvent } from "./event-text.ts";
import { checkHeaderField } from "./header-field.ts";
import { jsonText } from "./json-text.ts";
import { readableOf, type StreamSource } from "./readable-of.ts";
import { checkRedirect, type RedirectOptions } from "./redirect.ts";
import { type FileOptions, openRequestedFile } from "./requested-file.ts";
import { HTML_TYPE, ResponsePage } from "./response-page.ts";

const JSON_TYPE = "application/json; charset=utf-8";
const TEXT_TYPE = "text/plain; charset=utf-8";

const BYTES_TYPE = "application/octet-stream";
const EVENTS_TYPE = "text/event-stream";
/** Nobody keeps events, and no proxy collects them before it passes them on. */
const EVENT_FIELDS: readonly string[] = ["Cache-Control", "no-store", "X-Accel-Buffering", "no"];

export interface Response {
  /** Answers with JSON, like `response.json(data, status)`. */
  (data: unknown, status?: number): this;
}

/**
 * The one response of a request.
 *
 * It is *produced* once a body, a redirect or a status was set; headers and cookies alone do not produce it. What is set later
 * stands in for what was set before, so middleware can still change a handler's answer.
 *
 * @example
 * ```ts
 * import { createApp } from "tina4-ts";
 * const app = createApp();
 * app.get("/teapot", (_request, response) => response.header("X-Kind", "short").json({ stout: true }, 418));
 * const answer = await app.dispatch({ path: "/teapot", headers: { Host: "localhost" } });
 * answer.status; // 418
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface states the call signature that Callable implements
export class Response extends ResponsePage {
  // A response is no promise. Said here, `await` and `resolve` need not look for a `then` through all that a function inherits,
  // where a polluted Object.prototype could hand them one (CWE-1321).
  static {
    // biome-ignore lint/suspicious/noThenProperty: so that there is none
    Object.defineProperty(Response.prototype, "then", { value: undefined });
  }

  /**
   * Answers with JSON.
   *
   * @param data Anything that JSON can carry.
   * @param status 200 to 599. Default: the status set before, else 200.
   * @throws {Tina4Error} RESPONSE_INVALID when the data has no JSON form, as `undefined`, a bigint, a circle, a stream or a Map.
   */
  json(data: unknown, status?: number): this {
    return this.setBody(jsonText(data), JSON_TYPE, status);
  }

  /** Answers with plain text, which no browser takes for markup. */
  text(text: string, status?: number): this {
    return this.setBody(checkText(text, TEXT_TYPE), TEXT_TYPE, status);
  }

  /**
   * Sends markup as it stands: escape every untrusted part, or better, `render` a template.
   *
   * @see CWE-79
   */
  html(markup: string, status?: number): this {
    return this.setBody(checkText(markup, HTML_TYPE), HTML_TYPE, status);
  }

  /** Sends bytes under a media type of your choice. */
  bytes(bytes: Uint8Array, contentType: string, status?: number): this {
    if (!(bytes instanceof Uint8Array)) throw invalid("Bytes are a Uint8Array, as a Buffer is.");
    checkHeaderField("Content-Type", contentType);
    return this.setBody(bytes, contentType, status);
  }

  /**
   * Answers with `{"error": message}`. The message goes to the client as it is: no secret, path or SQL belongs in it.
   *
   * @param status 400 to 599.
   */
  error(message: string, status: number): this {
    if (typeof message === "number") throw invalid("The message comes first: response.error(message, status).");
    if (status < 400) throw invalid(`An error has a status from 400 to 599, not ${status}.`);
    return this.json({ error: message }, status);
  }

  /** Answers 204: done, and nothing to say. */
  noContent(): this {
    return this.setBody(null, undefined, 204);
  }

  /**
   * Sends the browser to another page: with 302 after GET and HEAD, else with 303, so that a reload does not post again.
   *
   * @param url A path on this site, percent-encoded.
   * @throws {Tina4Error} REDIRECT_UNSAFE when the url could leave this site and `external` was not said.
   * @see CWE-601
   */
  redirect(url: string, statusOrOptions: number | RedirectOptions = {}): this {
    const options = typeof statusOrOptions === "number" ? { status: statusOrOptions } : statusOrOptions;
    const status = checkRedirect(url, this.context.method, options);
    return this.header("Location", url).setBody(null, undefined, status);
  }

  /**
   * Sends what a source gives, as fast as the client takes it.
   *
   * A source that fails before its first byte makes the answer a 500; after that the connection is cut, so that the client knows
   * that something is missing. When the client leaves, or another answer stands in for this one, the source is destroyed.
   * `TINA4_HANDLER_TIMEOUT` ends the wait for the first byte, and nothing after it.
   *
   * @param source A Node.js `Readable`, a web `ReadableStream`, or any iterable of texts and bytes, as a generator is.
   * @param contentType Default `application/octet-stream`.
   * @throws {Tina4Error} RESPONSE_INVALID when the source is none of these; a text belongs into `text`, bytes into `bytes`.
   * @example
   * ```ts
   * import { createApp } from "tina4-ts";
   * const app = createApp();
   * app.get("/numbers.csv", (_request, response) => response.stream(["n\n", "1\n", "2\n"], "text/csv; charset=utf-8"));
   * const answer = await app.dispatch({ path: "/numbers.csv", headers: { Host: "localhost" } });
   * await answer.text(); // "n\n1\n2\n"
   * ```
   */
  stream(source: StreamSource, contentType: string = BYTES_TYPE): this {
    checkHeaderField("Content-Type", contentType);
    return this.setStream({ source: readableOf(source), type: contentType });
  }

  /**
   * Sends events to a browser's `EventSource` for as long as the source gives some and the client stays.
   *
   * Whoever reads slowly slows the source down, so memory stays bounded. The source's `return` is called when the client leaves
   * or the application closes. A comment every 15 seconds keeps proxies from giving up on a quiet source.
   *
   * @param source Gives texts, or objects with `data` and perhaps `event`, `id` and `retry`; data that is no text becomes JSON.
   * @see WHATWG HTML, "Server-sent events"
   * @example
   * ```ts
   * import { createApp } from "tina4-ts";
   * const app = createApp();
   * app.get("/progress", (_request, response) =>
   *   response.events((async function* () {
   *     yield { event: "progress", data: { percent: 50 }, id: "1" };
   *     yield "done";
   *   })()),
   * );
   * ```
   */
  events(source: AsyncIterable<ServerEvent> | Iterable<ServerEvent>): this {
    return this.setStream({ source: new EventStream(source), type: EVENTS_TYPE, fields: EVENT_FIELDS });
  }

  /**
   * Sends a file from below a folder, and never one from elsewhere: whatever stands in `path`, a file outside of `root`, a link, a
   * folder or a device is not found. Answers conditional requests, and a Range with one part.
   *
   * @param path Relative to `root`, with `/` between names. It may come from a stranger.
   * @param options Among them `root`, a folder: a relative one starts from the application's root, wherever the process was started.
   * @returns The response, once the file is open: `return` or `await` it.
   * @throws {HttpError} 404 when there is no such file, 412 and 416 when the request asks for what the file is not.
   * @throws {Tina4Error} OPTION_INVALID when the root is no folder.
   * @see RFC 9110 §13 and §14, CWE-22
   * @example
   * ```ts
   * import { createApp } from "tina4-ts";
   * createApp()
   *   .get("/invoices/{name}", (request, response) =>
   *     response.file(request.params.name, { root: "data/invoices", download: true }),
   *   )
   *   .secure();
   * ```
   */
  async file(path: string, options: FileOptions): Promise<this> {
    const { file, ...representation } = await openRequestedFile(path, options, this.lender.projectRoot);
    try {
      answerWithFile(this, this.context, file, representation);
    } finally {
      await file.close();
    }
    return this;
  }
}

function checkText(text: string, type: string): string {
  if (typeof text !== "string") throw invalid(`A response of ${type} needs a text, not ${typeof text}.`);
  return text;
}

function invalid(message: string): Tina4Error {
  return new Tina4Error("RESPONSE_INVALID", message);
}
