import type { Duplex } from "node:stream";
import { Connection } from "./connection.ts";

/** The connections of a server, from the time when they are opened until they are closed. */
export class OpenConnections {
  readonly #connections = new Map<Duplex, Connection>();
  #whenAllClosed: (() => void) | undefined;
  #isLeaving = false;
  #isEnding = false;

  add(socket: Duplex): void {
    const connection = new Connection(socket);
    this.#connections.set(socket, connection);
    // Node.js takes its own listener away at an upgrade: an error that nobody listens to would end the process.
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      connection.lose();
      this.#connections.delete(socket);
      if (this.#connections.size === 0) this.#whenAllClosed?.();
    });
    if (this.#isLeaving) connection.leave();
    if (this.#isEnding) connection.end();
  }

  of(socket: Duplex): Connection | undefined {
    return this.#connections.get(socket);
  }

  /** Lets a second pass for all connections. Times that Node.js has no word for are counted here, without a timer per request. */
  tick(): void {
    for (const connection of this.#connections.values()) connection.tick();
  }

  /** Has each of them end with its next response, and waits for that, for some time. */
  async leave(patienceMs: number): Promise<void> {
    this.#isLeaving = true;
    for (const connection of this.#connections.values()) connection.leave();
    await this.#allClosed(patienceMs, () => this.#whenAllClosed?.());
  }

  /** Ends idle ones and the others with their latest response; after the time of grace, all. */
  async end(graceMs: number): Promise<void> {
    this.#isEnding = true;
    for (const connection of this.#connections.values()) connection.end();
    await this.#allClosed(graceMs, () => {
      for (const socket of this.#connections.keys()) socket.destroy();
    });
  }

  async #allClosed(timeoutMs: number, onTimeout: () => void): Promise<void> {
    if (this.#connections.size === 0) return;
    const timer = setTimeout(onTimeout, timeoutMs);
    await new Promise<void>((resolve) => {
      this.#whenAllClosed = resolve;
    });
    clearTimeout(timer);
  }
}
