import { setTimeout as pause } from "node:timers/promises";
import { inTime } from "../in-time.ts";
import type { OpenSockets } from "../websocket/open-sockets.ts";
import type { HttpServer } from "./http-server.ts";

const TICK_MS = 1000;
const STOP_GRACE_MS = 10_000;

/** What happens before a server stops, for those who do not know yet that it does. */
export interface CloseOptions {
  /** How long all is served as before: for a load balancer that has to see that this server is not ready any more. */
  readonly delayMs?: number;
  /** How long a connection may send one more request. Only useful where another process takes the next connection. */
  readonly patienceMs?: number;
}

/** A server at work, and the clock that lets a second pass for whatever counts them. */
export class Serving {
  readonly server: HttpServer;
  readonly #sockets: OpenSockets;
  readonly #ticking: NodeJS.Timeout;

  /** @param sockets What goes on after a connection is closed, and is waited for as long. */
  constructor(server: HttpServer, sockets: OpenSockets, ...counting: readonly { tick(): void }[]) {
    this.server = server;
    this.#sockets = sockets;
    this.#ticking = setInterval(() => {
      for (const each of counting) each.tick();
    }, TICK_MS).unref();
  }

  /** Takes no new connections, and gives what runs ten seconds to end. */
  async stop({ delayMs = 0, patienceMs = 0 }: CloseOptions = {}): Promise<void> {
    if (delayMs > 0) await pause(delayMs);
    if (patienceMs > 0) await this.server.leave(patienceMs);
    await Promise.all([this.server.close(STOP_GRACE_MS), this.#awaitHandlers()]);
    clearInterval(this.#ticking);
  }

  async #awaitHandlers(): Promise<void> {
    await inTime("A WebSocket handler", this.#sockets.settled(), STOP_GRACE_MS).catch(() => {});
  }
}
