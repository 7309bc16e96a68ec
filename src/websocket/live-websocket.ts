import type { WebSocket } from "ws";
import type { Claims } from "../claims.ts";
import { Tina4Error } from "../errors.ts";
import { jsonText } from "../http/json-text.ts";
import { checkClosure } from "./check-closure.ts";
import { MessageInbox } from "./message-inbox.ts";
import { MessageRate } from "./message-rate.ts";
import { protocolErrorCode } from "./protocol-error-code.ts";
import type { SocketClosure, SocketMessage, WebSocketConnection } from "./websocket-connection.ts";
import type { WebSocketLimits } from "./websocket-limits.ts";

const PING_SECONDS = 30;
/** How long nothing may come of a client that was asked whether it is there, and how long a handler may let messages wait. */
const PATIENCE_SECONDS = 30;

export interface LiveWebSocketOptions {
  readonly websocket: WebSocket;
  readonly user: Claims | null;
  readonly limits: WebSocketLimits;
  readonly monotonicNow: () => number;
  /** Whether nothing can be sent any more. Node.js reports a write as done when the connection is broken off below it. */
  readonly isLost: () => boolean;
  /** Is told why, where it was neither the client nor the handler that ended the connection. */
  readonly onCutOff: (closure: SocketClosure) => void;
  /** Is told what a listener throws. */
  readonly onListenerError: (error: unknown) => void;
}

/** A WebSocket at work: what is bounded about it is bounded here. */
export class LiveWebSocket implements WebSocketConnection {
  readonly user: Claims | null;
  readonly protocol: string;
  readonly closed: Promise<SocketClosure>;
  readonly #options: LiveWebSocketOptions;
  readonly #websocket: WebSocket;
  readonly #inbox: MessageInbox;
  readonly #rate: MessageRate;
  readonly #abort = new AbortController();
  /** How it ends, once that is known here. */
  #closure: SocketClosure | undefined;
  #isRead = false;
  /** Whether a loop over the messages was left before their end. */
  #isLeft = false;
  #secondsSilent = 0;
  #secondsUnread = 0;

  constructor(options: LiveWebSocketOptions) {
    const { websocket, user, limits, monotonicNow } = options;
    this.#options = options;
    this.#websocket = websocket;
    this.user = user;
    this.protocol = websocket.protocol;
    this.#inbox = new MessageInbox(() => websocket.resume());
    this.#rate = new MessageRate(limits.messagesPerSecond, monotonicNow);
    this.closed = new Promise((resolve) => {
      websocket.once("close", (code, reason) => resolve(this.#finish({ code, reason: reason.toString() })));
    });
    websocket.on("message", (data, isBinary) => this.#receive(data as Buffer, isBinary));
    websocket.on("ping", () => this.#count());
    websocket.on("pong", () => this.#count());
    websocket.on("error", (error) => this.#noteCutOff({ code: protocolErrorCode(error), reason: "" }));
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get bufferedBytes(): number {
    return this.#websocket.bufferedAmount;
  }

  send(message: SocketMessage): Promise<boolean> {
    if (typeof message !== "string" && !(message instanceof Uint8Array)) {
      const remedy = "send takes a text or bytes. For anything else write sendJson(…).";
      throw new Tina4Error("WEBSOCKET_MISUSED", remedy);
    }
    // What has not been taken of earlier messages counts: one alone may be of any size.
    if (this.bufferedBytes > this.#options.limits.maxBufferedBytes) this.cutOff(1013, "too slow");
    if (!this.#isOpen) return Promise.resolve(false);
    return new Promise<boolean>((resolve) => {
      this.#websocket.send(message, (error) => resolve((error ?? null) === null && !this.#options.isLost()));
    });
  }

  sendJson(data: unknown): Promise<boolean> {
    return this.send(jsonText(data));
  }

  onMessage(listener: (message: SocketMessage) => unknown): void {
    const messages = this[Symbol.asyncIterator]();
    const pass = async (): Promise<void> => {
      for (let next = await messages.next(); !next.done; next = await messages.next()) await listener(next.value);
    };
    pass().catch(this.#options.onListenerError);
  }

  [Symbol.asyncIterator](): AsyncIterator<SocketMessage> {
    if (this.#isRead) throw new Tina4Error("WEBSOCKET_MISUSED", "Its messages are being read already.");
    this.#isRead = true;
    return {
      next: () => this.#inbox.take(),
      return: async () => {
        this.#isLeft = true;
        this.#dropMessages();
        return { done: true, value: undefined };
      },
    };
  }

  close(code = 1000, reason = ""): Promise<SocketClosure> {
    checkClosure(code, reason);
    this.#end({ code, reason });
    return this.closed;
  }

  /** Closes for a fault of the client, or because of who it is, and says so to whoever asked to be told. */
  cutOff(code: number, reason: string): void {
    if (!this.#isOpen) return;
    this.#noteCutOff({ code, reason });
    this.#websocket.close(code, reason);
  }

  /** The handler has ended: where it left its loop it has done with the connection, and where nobody reads messages are dropped. */
  conclude(): void {
    if (this.#isLeft) void this.close();
    if (!this.#isRead) this.#dropMessages();
  }

  /** Lets a second pass: asks a silent client whether it is still there, and ends what nobody answers or reads. */
  tick(): void {
    if (this.#websocket.isPaused) {
      this.#secondsUnread += 1;
      if (this.#secondsUnread >= PATIENCE_SECONDS) this.#breakOff("unread");
      return;
    }
    this.#secondsUnread = 0;
    this.#secondsSilent += 1;
    if (this.#secondsSilent === PING_SECONDS && this.#isOpen) this.#websocket.ping();
    if (this.#secondsSilent >= PING_SECONDS + PATIENCE_SECONDS) this.#breakOff("no pong");
  }

  get #isOpen(): boolean {
    return this.#closure === undefined && this.#websocket.readyState === this.#websocket.OPEN;
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (!this.#count()) return;
    this.#inbox.put(isBinary ? data : data.toString());
    if (this.#inbox.isFull) this.#websocket.pause();
  }

  #dropMessages(): void {
    this.#isRead = true;
    this.#inbox.discard();
    this.#websocket.resume();
  }

  /** @returns Whether what has come is to be looked at. */
  #count(): boolean {
    if (this.#closure !== undefined) return false;
    this.#secondsSilent = 0;
    if (this.#rate.take()) return true;
    this.cutOff(1008, "too many messages");
    return false;
  }

  #end(closure: SocketClosure): void {
    if (!this.#isOpen) return;
    this.#closure = closure;
    this.#websocket.resume(); // the answer to the close stands behind what waits
    this.#websocket.close(closure.code, closure.reason);
  }

  #noteCutOff(closure: SocketClosure): void {
    if (this.#closure !== undefined) return;
    this.#closure = closure;
    this.#websocket.resume();
    this.#options.onCutOff(closure);
  }

  /** Nobody is there to answer a close. */
  #breakOff(reason: string): void {
    this.#noteCutOff({ code: 1006, reason });
    this.#websocket.terminate();
  }

  #finish(closure: SocketClosure): SocketClosure {
    this.#closure ??= closure;
    this.#inbox.finish();
    this.#abort.abort();
    return this.#closure;
  }
}
