import { setTimeout as pause } from "node:timers/promises";
import { Tina4Error } from "../errors.ts";
import { inTime } from "../in-time.ts";
import type { Logger } from "../log/logger.ts";
import type { OpenSockets } from "../websocket/open-sockets.ts";
import type { HttpServer } from "./http-server.ts";
import { logUnawaitedFailures } from "./log-unawaited-failures.ts";
import { type ListenAddress, openPort } from "./open-port.ts";

const TICK_MS = 1000;
const STOP_GRACE_MS = 10_000;

/** What happens before a server stops, for those who do not know yet that it does. */
export interface CloseOptions {
  /** How long all is served as before: for a load balancer that has to see that this server is not ready any more. */
  readonly delayMs?: number;
  /** How long a connection may send one more request. Only useful where another process takes the next connection. */
  readonly patienceMs?: number;
}

export interface ServingParts {
  readonly server: HttpServer;
  /** They go on after their connections are closed, and are waited for as long. */
  readonly sockets: OpenSockets;
  /** What a second passes for. */
  readonly clocked: readonly { tick(): void }[];
  readonly log: Logger;
}

/** A server at work, with a port or without one, and the clock that lets a second pass for whatever counts them. */
export class Serving {
  readonly server: HttpServer;
  readonly #sockets: OpenSockets;
  readonly #log: Logger;
  readonly #ticking: NodeJS.Timeout;
  #listening: Promise<ListenAddress> | undefined;
  #stopLoggingFailures: (() => void) | undefined;

  constructor({ server, sockets, clocked, log }: ServingParts) {
    this.server = server;
    this.#sockets = sockets;
    this.#log = log;
    this.#ticking = setInterval(() => {
      for (const each of clocked) each.tick();
    }, TICK_MS).unref();
  }

  /** @throws {Tina4Error} PORT_UNAVAILABLE when the address is taken or not ours, or when it listens already. */
  async listen(port: number, host: string): Promise<ListenAddress> {
    if (this.#listening !== undefined) {
      const { url } = await this.#listening;
      throw new Tina4Error(
        "PORT_UNAVAILABLE",
        `This application listens already, on ${url}. Make another with createApp().`,
      );
    }
    this.#listening = this.#open(port, host);
    this.#listening.catch(() => {
      this.#listening = undefined;
    });
    return await this.#listening;
  }

  /** Takes no new connections, and gives what runs ten seconds to end. */
  async stop({ delayMs = 0, patienceMs = 0 }: CloseOptions = {}): Promise<void> {
    if (delayMs > 0) await pause(delayMs);
    if (patienceMs > 0) await this.server.leave(patienceMs);
    await Promise.all([this.server.close(STOP_GRACE_MS), this.#awaitHandlers()]);
    clearInterval(this.#ticking);
    this.#stopLoggingFailures?.();
  }

  async #open(port: number, host: string): Promise<ListenAddress> {
    this.#stopLoggingFailures = logUnawaitedFailures(this.#log);
    return await openPort(this.server, port, host).catch((error: unknown) => {
      this.#stopLoggingFailures?.();
      throw error;
    });
  }

  async #awaitHandlers(): Promise<void> {
    await inTime("A WebSocket handler", this.#sockets.settled(), STOP_GRACE_MS).catch(() => {});
  }
}
