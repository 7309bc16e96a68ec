import { DatabaseBusyError, DatabaseError } from "./database-error.ts";

/** A connection as its pool sees it. */
export interface PooledConnection {
  /** False when it broke, or when something on it is not as the next user expects it. */
  readonly isClean: boolean;
  close(): Promise<void>;
}

export interface ConnectionPoolOptions<Connection> {
  readonly open: () => Promise<Connection>;
  readonly maxConnections: number;
  /** How long a connection that nobody uses is kept. */
  readonly idleMilliseconds: number;
}

interface Idle<Connection> {
  readonly connection: Connection;
  readonly timer: NodeJS.Timeout;
}

interface Waiting<Connection> {
  readonly serve: (connection: Promise<Connection>) => void;
  readonly refuse: (error: Error) => void;
}

/** Lends a bounded number of connections, in the order of asking, and lends none again that is not clean. */
export class ConnectionPool<Connection extends PooledConnection> {
  readonly #options: ConnectionPoolOptions<Connection>;
  readonly #idle: Idle<Connection>[] = [];
  readonly #waiting = new Set<Waiting<Connection>>();
  /** Connections that are lent, idle or being opened. */
  #count = 0;
  #closing: Promise<void> | undefined;
  #onEmpty: () => void = () => {};

  constructor(options: ConnectionPoolOptions<Connection>) {
    this.#options = options;
  }

  /**
   * @param waitMilliseconds How long to wait for others to give one back. Opening one has a limit of its own.
   * @throws {DatabaseBusyError} when none comes back in time.
   * @throws {DatabaseError} `closed` after `close()`.
   */
  async take(waitMilliseconds: number): Promise<Connection> {
    if (this.#closing !== undefined) {
      throw new DatabaseError("closed");
    }
    return this.#takeIdle() ?? (this.#hasRoom() ? this.#open() : this.#wait(waitMilliseconds));
  }

  /** Must be called once for each connection that was taken, whatever happened to it. */
  giveBack(connection: Connection): void {
    const [next] = this.#waiting;
    if (!connection.isClean || this.#closing !== undefined) {
      void connection.close();
      this.#leave();
    } else if (next !== undefined) {
      next.serve(Promise.resolve(connection));
    } else {
      this.#rest(connection);
    }
  }

  /** Refuses those who wait and all who come, and returns when everything that was lent is closed. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    for (const waiting of this.#waiting) {
      waiting.refuse(new DatabaseError("closed"));
    }
    const idle = this.#idle.splice(0);
    this.#count -= idle.length;
    const allGivenBack = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    await Promise.all(
      idle.map(({ connection, timer }) => {
        clearTimeout(timer);
        return connection.close();
      }),
    );
    if (this.#count > 0) {
      await allGivenBack;
    }
  }

  /** The one used last: the others may grow old enough to be closed. */
  #takeIdle(): Connection | undefined {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle === undefined) {
        return undefined;
      }
      clearTimeout(idle.timer);
      if (idle.connection.isClean) {
        return idle.connection;
      }
      this.#count--;
      void idle.connection.close();
    }
  }

  #hasRoom(): boolean {
    return this.#count < this.#options.maxConnections;
  }

  async #open(): Promise<Connection> {
    this.#count++;
    try {
      return await this.#options.open();
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  #wait(waitMilliseconds: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        outcome();
      };
      const waiting: Waiting<Connection> = {
        serve: (connection) => settle(() => resolve(connection)),
        refuse: (error) => settle(() => reject(error)),
      };
      const timer = setTimeout(() => waiting.refuse(new DatabaseBusyError()), waitMilliseconds);
      this.#waiting.add(waiting);
    });
  }

  /** A place is free: whoever waits for longest opens a new connection in it. */
  #leave(): void {
    this.#count--;
    const [next] = this.#waiting;
    if (next !== undefined) {
      next.serve(this.#open());
    } else if (this.#count === 0) {
      this.#onEmpty();
    }
  }

  #rest(connection: Connection): void {
    const timer = setTimeout(() => {
      this.#idle.splice(this.#idle.indexOf(idle), 1);
      void connection.close();
      this.#leave();
    }, this.#options.idleMilliseconds);
    const idle: Idle<Connection> = { connection, timer };
    this.#idle.push(idle);
    timer.unref();
  }
}
