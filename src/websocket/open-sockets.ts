import type { EndOfStay } from "../http/end-of-stay.ts";

/** A connection that is looked after. */
export interface TendedSocket {
  readonly closed: Promise<unknown>;
  tick(): void;
  cutOff(code: number, reason: string): void;
}

/** What may be open at the same time. */
export interface OpenSocketsOptions {
  /** In this process. */
  readonly maxSockets: number;
  /** Of one client, in this process. */
  readonly maxPerClient: number;
}

/** The WebSockets that are open in this process, each with what it is open by. */
export class OpenSockets {
  readonly #options: OpenSocketsOptions;
  readonly #ends = new Map<TendedSocket, EndOfStay>();
  readonly #works = new Set<Promise<void>>();
  readonly #takenBy = new Map<string, number>();
  #taken = 0;
  #isLookDue = false;

  constructor(options: OpenSocketsOptions) {
    this.#options = options;
  }

  /** How many are open. */
  get size(): number {
    return this.#ends.size;
  }

  /**
   * Takes a place, to be given back with `leave` once the connection is closed, or was never opened.
   *
   * @param client Under which key its connections are counted.
   * @returns `taken`, or why there was none: the client has all of its own, or all are taken.
   */
  enter(client: string): "taken" | "client-full" | "full" {
    const { maxSockets, maxPerClient } = this.#options;
    const own = this.#takenBy.get(client) ?? 0;
    if (own >= maxPerClient) return "client-full";
    if (this.#taken >= maxSockets) return "full";
    this.#takenBy.set(client, own + 1);
    this.#taken += 1;
    return "taken";
  }

  leave(client: string): void {
    const left = (this.#takenBy.get(client) ?? 0) - 1;
    if (left > 0) this.#takenBy.set(client, left);
    else this.#takenBy.delete(client);
    this.#taken -= 1;
  }

  /**
   * Looks after a connection until it is closed.
   *
   * @param endOfStay Asked at once, every second, and whenever `lookSoon` was called.
   * @param serve What its handler does, begun after the first look. `settled` waits for it; it never rejects.
   */
  add(socket: TendedSocket, endOfStay: EndOfStay, serve: () => Promise<void>): void {
    this.#ends.set(socket, endOfStay);
    void socket.closed.then(() => this.#ends.delete(socket));
    look(socket, endOfStay);
    const work = serve();
    this.#works.add(work);
    void work.then(() => this.#works.delete(work));
  }

  /** Lets a second pass. */
  tick(): void {
    for (const [socket, endOfStay] of this.#ends) {
      socket.tick();
      look(socket, endOfStay);
    }
  }

  /** Asks for each connection whether it may stay, before anything else is done that comes in from outside. */
  lookSoon(): void {
    if (this.#isLookDue || this.#ends.size === 0) return;
    this.#isLookDue = true;
    queueMicrotask(() => {
      this.#isLookDue = false;
      for (const [socket, endOfStay] of this.#ends) look(socket, endOfStay);
    });
  }

  /** Waits for what the handlers of closed connections still do. */
  async settled(): Promise<void> {
    await Promise.all(this.#works);
  }
}

function look(socket: TendedSocket, endOfStay: EndOfStay): void {
  const end = endOfStay();
  if (end !== undefined) socket.cutOff(end.code, end.reason);
}
