import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import type { SocketClosure, SocketMessage } from "../websocket/websocket-connection.ts";
import type { TestHandshake } from "./test-socket-request.ts";

/** The client's end of a WebSocket, or what was answered instead of one. */
export class TestSocket {
  /** 101 when it is open. */
  readonly status: number;
  readonly headers: Headers;
  /** The body of the answer where it was refused. */
  readonly text: string;
  /** Resolves once the connection is closed, with what the server said; with 1006 where it was refused. */
  readonly closed: Promise<SocketClosure>;
  readonly #websocket: WebSocket;
  readonly #messages: SocketMessage[] = [];
  #wake: (() => void) | undefined;

  private constructor(websocket: WebSocket, answer: IncomingMessage, text: string, closed: Promise<SocketClosure>) {
    this.#websocket = websocket;
    this.status = answer.statusCode as number;
    this.headers = headersOf(answer);
    this.text = text;
    this.closed = closed;
    void closed.then(() => this.#wake?.());
    websocket.on("message", (data, isBinary) => {
      this.#messages.push(isBinary ? new Uint8Array(data as Buffer) : String(data));
      this.#wake?.();
    });
  }

  /**
   * @internal Asks, and waits for the answer.
   *
   * @throws {Error} when the connection is closed without one.
   */
  static open(path: string, { headers, protocols }: TestHandshake, connect: () => Duplex): Promise<TestSocket> {
    const websocket = new WebSocket(`ws://localhost${path}`, [...protocols], {
      createConnection: connect as unknown as () => never,
      headers: headers as Record<string, string | string[]>,
      perMessageDeflate: false,
    });
    const closed = new Promise<SocketClosure>((resolve) => {
      websocket.once("close", (code, reason) => resolve({ code, reason: String(reason) }));
    });
    return new Promise((resolve, reject) => {
      websocket.on("error", reject);
      websocket.once("upgrade", (answer) => resolve(new TestSocket(websocket, answer, "", closed)));
      websocket.once("unexpected-response", (_request, answer) => {
        textOf(answer).then((text) => {
          resolve(new TestSocket(websocket, answer, text, closed));
          websocket.terminate();
        }, reject);
      });
    });
  }

  /** The subprotocol that was agreed on. */
  get protocol(): string {
    return this.#websocket.protocol;
  }

  /** Sends a text, or bytes. Resolves when it is on its way; `false` when the connection is closed. */
  send(message: SocketMessage): Promise<boolean> {
    return new Promise((resolve) => this.#websocket.send(message, (error) => resolve(!error)));
  }

  /** The next message, in the order in which they came; `null` when the connection is closed and none is left. */
  async next(): Promise<SocketMessage | null> {
    while (this.#messages.length === 0) {
      if (this.#websocket.readyState === this.#websocket.CLOSED) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#messages.shift() as SocketMessage;
  }

  /** Closes it, and waits for the server to agree. */
  close(code = 1000, reason = ""): Promise<SocketClosure> {
    this.#websocket.close(code, reason);
    return this.closed;
  }

  /** Breaks the connection off, as a client does that loses its network. */
  terminate(): void {
    this.#websocket.terminate();
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of answer.setEncoding("utf8")) text += chunk;
  return text;
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] as string, rawHeaders[index + 1] as string);
  }
  return headers;
}
