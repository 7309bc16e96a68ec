import { inTime } from "../in-time.ts";
import type { OpenSockets } from "../websocket/open-sockets.ts";
import type { HttpServer } from "./http-server.ts";

const TICK_MS = 1000;
const STOP_GRACE_MS = 10_000;

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
  async stop(): Promise<void> {
    await Promise.all([this.server.close(STOP_GRACE_MS), this.#awaitHandlers()]);
    clearInterval(this.#ticking);
  }

  async #awaitHandlers(): Promise<void> {
    await inTime("A WebSocket handler", this.#sockets.settled(), STOP_GRACE_MS).catch(() => {});
  }
}
