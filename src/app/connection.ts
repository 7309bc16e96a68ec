import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** How long a client has to read its last answer before the connection is cut. */
const LINGER_MS = 1000;
/** How long a client may take nothing of what is ready for it. */
const STALL_SECONDS = 30;
/** Longer than the 60 seconds after which proxies and load balancers usually give up: so they close first, and lose no request. */
const IDLE_SECONDS = 65;
/** More than any usual client sends ahead. */
const MAX_WAITING = 16;

/** A request that came before the one ahead of it was answered. */
interface Waiting {
  readonly rawResponse: ServerResponse;
  readonly begin: () => void;
}

/**
 * One client's connection. Its requests run one after another, however many are sent ahead: those that wait hold no file and no
 * handler, and too many of them cost it the connection.
 */
export class Connection {
  readonly socket: Duplex;
  /** Whether it ends with the response to its latest request: what follows on it is not taken for a request. */
  isClosing = false;
  /** Whether all of the latest response but its end is written: only the rest of its request is awaited. */
  isAnswered = false;
  /** Whether the parser has given it up: nothing on it can be read any more. */
  isBroken = false;
  #latest: ServerResponse | undefined;
  #isEnding = false;
  #isLeaving = false;
  #bytesTaken = 0;
  #secondsStalled = 0;
  #secondsIdle = 0;
  #finishLatest: (() => void) | undefined;
  readonly #waiting: Waiting[] = [];

  constructor(socket: Duplex) {
    this.socket = socket;
  }

  /** Begins with a new request, at once if nothing is before it. What follows the last one is not begun. */
  inTurn(rawResponse: ServerResponse, begin: () => void): void {
    if (this.isFree) this.#begin(rawResponse, begin);
    else if (this.#waiting.push({ rawResponse, begin }) > MAX_WAITING) this.socket.destroy();
    else if (this.#waiting.length === 1) this.owed?.once("close", () => this.#beginNext());
  }

  /** Whether a request that comes now would begin at once. */
  get isFree(): boolean {
    return this.owed === undefined && this.#waiting.length === 0 && !this.isClosing;
  }

  /** Whether nothing of earlier requests is left: an answer that is written keeps its hold on the socket for some moments. */
  get isLetGo(): boolean {
    return this.isFree && (this.#latest?.socket ?? null) === null;
  }

  /** Has a response that would go on for ever finished when the connection is to end. */
  onEnd(finish: () => void): void {
    this.#finishLatest = finish;
    if (this.#isEnding) finish();
  }

  /** The response to the latest request, as long as it is not written. Those to earlier requests are written before it. */
  get owed(): ServerResponse | undefined {
    const latest = this.#latest;
    return latest === undefined || latest.writableFinished || latest.destroyed ? undefined : latest;
  }

  /** Whether a response is the last one that this connection carries. */
  endsWith(rawResponse: ServerResponse): boolean {
    return (this.isClosing || this.#isLeaving) && rawResponse === this.#latest;
  }

  /** Has the next response that begins be the last one. A client that does not know of that yet may have sent its request already. */
  leave(): void {
    this.#isLeaving = true;
  }

  /**
   * Ends the connection once its latest response is written.
   *
   * @param lastWord bytes to send where no response is owed.
   */
  end(lastWord?: string): void {
    this.isClosing = true;
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#finishLatest?.();
    const { owed } = this;
    if (owed === undefined) this.#linger(lastWord);
    else owed.once("close", () => this.#linger());
  }

  /**
   * Ends whoever still reads the body of the latest request, as its connection is gone: Node.js forgets a request that is
   * answered, and does not tell them. The bodies of earlier requests have come.
   */
  lose(): void {
    this.#latest?.req.destroy();
  }

  /** Lets a second pass, and closes the connection of a client that reads nothing or has nothing more to say. */
  tick(): void {
    this.#countStall();
    if (this.#latest === undefined || this.owed !== undefined) return;
    this.#secondsIdle += 1;
    if (this.#secondsIdle >= IDLE_SECONDS) this.end();
  }

  #begin(rawResponse: ServerResponse, begin: () => void): void {
    this.#secondsIdle = 0;
    this.#latest = rawResponse;
    this.#finishLatest = undefined;
    this.isAnswered = false;
    begin();
  }

  #beginNext(): void {
    if (this.isClosing || this.socket.destroyed) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    if (this.#waiting.length > 0) next.rawResponse.once("close", () => this.#beginNext());
    this.#begin(next.rawResponse, next.begin);
  }

  /** Only what the operating system has taken counts; a client that never reads would keep the rest in memory for good. */
  #countStall(): void {
    const { writableLength, bytesWritten = 0 } = this.socket as Duplex & { readonly bytesWritten?: number };
    const taken = bytesWritten - writableLength;
    const isWaitedFor = writableLength > 0 || this.owed?.writableNeedDrain === true;
    this.#secondsStalled = isWaitedFor && taken === this.#bytesTaken ? this.#secondsStalled + 1 : 0;
    this.#bytesTaken = taken;
    if (this.#secondsStalled >= STALL_SECONDS) this.socket.destroy();
  }

  /** Closing with unread bytes would reset the connection before the client could read the answer, so they are read away. */
  #linger(lastWord?: string): void {
    const { socket } = this;
    const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.once("close", () => clearTimeout(timer));
    socket.on("error", () => socket.destroy());
    socket.end(lastWord);
    socket.resume();
  }
}
