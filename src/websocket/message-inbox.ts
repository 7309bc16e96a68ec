import type { SocketMessage } from "./websocket-connection.ts";

/** So many messages may wait for the handler before the client has to. */
const ROOM = 16;

/** What has come in and was not taken yet. */
export class MessageInbox {
  readonly #messages: SocketMessage[] = [];
  readonly #waiting: ((result: IteratorResult<SocketMessage>) => void)[] = [];
  readonly #onRoom: () => void;
  #isOver = false;

  /** @param onRoom is called when everything was taken, so that more may come. */
  constructor(onRoom: () => void) {
    this.#onRoom = onRoom;
  }

  get isFull(): boolean {
    return this.#messages.length >= ROOM;
  }

  put(message: SocketMessage): void {
    if (this.#isOver) return;
    const reader = this.#waiting.shift();
    if (reader === undefined) this.#messages.push(message);
    else reader({ done: false, value: message });
  }

  take(): Promise<IteratorResult<SocketMessage>> {
    const message = this.#messages.shift();
    if (message !== undefined) {
      if (this.#messages.length === 0) this.#onRoom();
      return Promise.resolve({ done: false, value: message });
    }
    if (this.#isOver) return Promise.resolve(OVER);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Nothing comes any more; what has come can still be taken. */
  finish(): void {
    this.#isOver = true;
    for (const reader of this.#waiting.splice(0)) reader(OVER);
  }

  /** Drops what nobody will take. */
  discard(): void {
    this.#messages.length = 0;
    this.finish();
  }
}

const OVER: IteratorResult<SocketMessage> = { done: true, value: undefined };
