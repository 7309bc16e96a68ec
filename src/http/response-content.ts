import { Readable } from "node:stream";
import { checkFirstChunk } from "./chunk-fault.ts";
import { firstByte } from "./first-byte.ts";
import { ResponseHead } from "./response-head.ts";

/** A body under one of these would be taken for the beginning of the next response (RFC 9112 §6.3). */
const STATUSES_WITHOUT_BODY: readonly number[] = [204, 205, 304];

const SWITCHING_PROTOCOLS = 101;

/** A stream has not been read when middleware sees it; to change it, answer with another one in the handler. */
export type ResponseBody = string | Uint8Array | Readable | null;

/** Work that is done before a response is sent. */
export type Departure = () => Promise<void> | void;

/** Work that is done once a response is sent. It must not fail. */
export type Aftermath = () => void;

const NO_AFTERMATH: readonly Aftermath[] = [];

/** A body that is made while it is sent. */
export interface StreamedBody {
  readonly source: Readable;
  readonly type: string;
  /** In bytes, where it is known; the source gives exactly as many or fails. */
  readonly length?: number;
  readonly status?: number;
  /** Headers that describe the body, names and values in turn. */
  readonly fields?: readonly string[];
}

/**
 * Answers with 101 and takes the connection over.
 *
 * @param fields The headers of the answer, names and values in turn.
 * @returns What ends the connection in the new protocol's own way; `null` when the client has left.
 */
export type ProtocolSwitch = (fields: readonly string[]) => (() => void) | null;

/** What is sent after the head, and the work that is done before. A stream has one owner, and is destroyed by it if not sent. */
export abstract class ResponseContent extends ResponseHead {
  #body: ResponseBody = null;
  #streamBytes: number | undefined;
  #departures: readonly Departure[] | undefined;
  #aftermath: readonly Aftermath[] = NO_AFTERMATH;
  #isTaken = false;
  #switch: ProtocolSwitch | undefined;

  /**
   * What will be sent: a text, bytes, or a `Readable` that nobody has read from yet; `null` where a status has no body: 204, 205
   * and 304. Middleware that puts another body in the place of a stream has the stream destroyed.
   */
  get body(): ResponseBody {
    return STATUSES_WITHOUT_BODY.includes(this.statusCode) ? null : this.#body;
  }

  override get statusCode(): number {
    return this.#switch === undefined ? super.statusCode : SWITCHING_PROTOCOLS;
  }

  override status(code: number): this {
    this.#switch = undefined;
    return super.status(code);
  }

  /** @internal Answers by going on in another protocol, unless something else is put in the place of this answer. */
  setSwitch(protocolSwitch: ProtocolSwitch): this {
    this.setBody(null);
    this.#switch = protocolSwitch;
    return this;
  }

  /** @internal */
  get protocolSwitch(): ProtocolSwitch | undefined {
    return this.#switch;
  }

  /** @internal Has work done before the response is sent: what was entered last is left first. */
  onDeparture(departure: Departure): void {
    this.#departures = [departure, ...(this.#departures ?? [])];
  }

  /** @internal */
  get departures(): readonly Departure[] | undefined {
    return this.#departures;
  }

  /** @internal Has work done once the response is written or its client is lost. */
  onceSent(work: Aftermath): void {
    this.#aftermath = [...this.#aftermath, work];
  }

  /** @internal Gives the work away, so that none of it is done twice. */
  takeAftermath(): readonly Aftermath[] {
    const aftermath = this.#aftermath;
    this.#aftermath = NO_AFTERMATH;
    return aftermath;
  }

  /** @internal */
  override reset(): void {
    super.reset();
    this.setContent(null);
  }

  /** @internal How long the body is: `null` without one, `undefined` where nobody knows yet. */
  bodyBytes(): number | null | undefined {
    const body = this.body;
    if (body instanceof Readable) return this.#streamBytes;
    return body === null ? null : Buffer.byteLength(body);
  }

  /** @internal All headers in the form that `writeHead` takes. */
  finalHeaders(bodyBytes: number | null | undefined = this.bodyBytes()): string[] {
    return this.completeHeaders(bodyBytes);
  }

  /** @internal Gives the body away to be sent. A stream that must not be sent, or comes later, is destroyed. */
  takeBody(): ResponseBody {
    const body = this.context.method === "HEAD" ? null : this.body;
    this.#isTaken = true;
    if (body instanceof Readable) this.#body = null;
    else destroyStream(this.#body);
    return body;
  }

  /** @internal Lets go of a body that nobody will get; a stream that comes later is destroyed. */
  discardBody(): void {
    this.#isTaken = true;
    this.setContent(null);
  }

  /** @internal Answers with a text, bytes or nothing. */
  setBody(body: string | Uint8Array | null, type?: string, status?: number, fields?: readonly string[]): this {
    this.produce(type, status, fields);
    this.setContent(body);
    return this;
  }

  /** @internal Answers with a stream, which is this response's to destroy from now on, whatever happens. */
  setStream({ source, type, length, status, fields }: StreamedBody): this {
    source.on("error", ignore);
    if (this.#isTaken) source.destroy();
    this.produce(type, status, fields);
    this.setContent(source, length);
    this.onDeparture(() => this.awaitFirstByte(source));
    return this;
  }

  /** Until the first chunk is there and fit to be sent, the answer can still become an error. */
  protected awaitFirstByte(source: Readable): Promise<void> | undefined {
    if (this.body !== source || this.context.method === "HEAD") return undefined;
    const waiting = firstByte(source, this.context.raw.socket);
    if (waiting === undefined) {
      checkFirstChunk(source);
      return undefined;
    }
    return waiting
      .then(() => checkFirstChunk(source))
      .catch((error: unknown) => {
        if (this.#body === source) throw error;
      });
  }

  protected setContent(body: ResponseBody, streamBytes?: number): void {
    if (this.#body !== body) destroyStream(this.#body);
    this.#switch = undefined;
    this.#body = body;
    this.#streamBytes = streamBytes;
  }
}

function destroyStream(body: ResponseBody): void {
  if (body instanceof Readable) body.destroy();
}

/** What a source fails with is noticed where it is read; an error that nobody listens to would end the process. */
function ignore(): void {}
