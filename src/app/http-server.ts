import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, Server as NetServer } from "node:net";
import { type Duplex, duplexPair } from "node:stream";
import { type Refusal, refuse } from "../errors.ts";
import { METHODS } from "../router/method.ts";
import { Connection } from "./connection.ts";
import { keepAddress } from "./keep-address.ts";
import { OpenConnections } from "./open-connections.ts";
import { parserRefusal } from "./parser-refusal.ts";
import { refuseLenientParser } from "./refuse-lenient-parser.ts";
import { type Porter, turnAway } from "./turn-away.ts";
import { UPGRADE_REFUSED } from "./upgrade-refused.ts";
import { asksForWebSocket, upgradeResponse } from "./upgrade-response.ts";

const MAX_HEADER_BYTES = 32_768;
/** With the time to the next check it is ten seconds at most. */
const HEADERS_TIMEOUT_MS = 9000;
const CONNECTIONS_CHECK_MS = 1000;

const EXPECTATION_FAILED = refuse("EXPECTATION_FAILED", { headers: { Connection: "close" } });
const CONNECT_REFUSED = refuse("METHOD_NOT_ALLOWED", { headers: { Allow: METHODS.join(", ") } });

/** Who answers the requests. */
export interface RequestTaker {
  handle(raw: IncomingMessage, rawResponse: ServerResponse, connection: Connection): void;
  /** Takes a request that asks for a WebSocket. */
  handleUpgrade(raw: IncomingMessage, rawResponse: ServerResponse, connection: Connection): void;
  refuse(raw: IncomingMessage, rawResponse: ServerResponse, connection: Connection, refusal: Refusal): void;
}

export interface HttpServerOptions extends Porter {
  readonly requests: RequestTaker;
  /** How long a request's headers may take to come. Default 9,000 milliseconds. */
  readonly headersTimeoutMs?: number;
}

/**
 * Node's HTTP server, set up so that everything it would decide by itself is decided by us: lost header lines, lenient hosts,
 * silent upgrades, bare error pages, and what becomes of a connection on which something was refused.
 *
 * @throws {Tina4Error} RUNTIME_UNSAFE when Node.js was started with its lenient parser.
 * @see RFC 9112, CWE-444
 */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #server: Server;
  readonly #connections = new OpenConnections();

  constructor(options: HttpServerOptions) {
    refuseLenientParser();
    this.#options = options;
    const { headersTimeoutMs = HEADERS_TIMEOUT_MS } = options;
    this.#server = createServer({
      requireHostHeader: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: headersTimeoutMs,
      requestTimeout: 0,
      keepAliveTimeout: 0,
      connectionsCheckingInterval: Math.min(CONNECTIONS_CHECK_MS, headersTimeoutMs),
    });
    this.#server.maxHeadersCount = 0;
    this.#answerEverything(this.#server);
  }

  /** @throws whatever the operating system says against the address. */
  async listen(port: number, host: string): Promise<AddressInfo> {
    const server = this.#server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => {
        server.off("error", reject);
        resolve();
      });
    });
    return server.address() as AddressInfo;
  }

  /** Opens a connection without a port. Its other end goes through the same parser and checks as a socket. */
  connect(remoteAddress: string): Duplex {
    const [clientSide, serverSide] = duplexPair();
    // A pair does not tell one side that the other was destroyed.
    clientSide.once("close", () => serverSide.destroy());
    serverSide.once("close", () => setImmediate(() => clientSide.destroy()));
    this.#server.emit("connection", Object.assign(serverSide, { remoteAddress }));
    return clientSide;
  }

  /** Takes no new connections, ends idle ones and the others with their latest response; after the time of grace, all. */
  async close(graceMs: number): Promise<void> {
    this.#server.close();
    await this.#connections.end(graceMs);
  }

  /**
   * Takes no new connections and has each of the others end with its next response, for some time. So no request is lost that was
   * sent on an idle connection in the moment in which it would have been closed.
   */
  async leave(patienceMs: number): Promise<void> {
    // The method of HTTP servers would close idle connections at once.
    NetServer.prototype.close.call(this.#server);
    await this.#connections.leave(patienceMs);
  }

  /** Lets a second pass for all connections. */
  tick(): void {
    this.#connections.tick();
  }

  #answerEverything(server: Server): void {
    server.on("connection", (socket: Duplex) => this.#open(socket));
    server.on("request", (raw: IncomingMessage, rawResponse: ServerResponse) => this.#receive(raw, rawResponse));
    server.on("checkContinue", (raw: IncomingMessage, rawResponse: ServerResponse) => {
      // The client is asked for its body when a step begins to read it, not before the gate.
      raw.once("resume", () => {
        if (!rawResponse.headersSent) rawResponse.writeContinue();
      });
      this.#receive(raw, rawResponse);
    });
    server.on("checkExpectation", (raw: IncomingMessage, rawResponse: ServerResponse) =>
      this.#receive(raw, rawResponse, EXPECTATION_FAILED),
    );
    server.on("upgrade", (raw: IncomingMessage, socket: Duplex, head: Buffer) => this.#upgrade(raw, socket, head));
    server.on("connect", (_raw: IncomingMessage, socket: Duplex) => this.#turnAway(socket, CONNECT_REFUSED));
    server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) =>
      this.#turnAway(socket, parserRefusal(error)),
    );
  }

  #open(socket: Duplex): void {
    if (keepAddress(socket)) this.#connections.add(socket);
    else socket.destroy();
  }

  #receive(raw: IncomingMessage, rawResponse: ServerResponse, refusal?: Refusal): void {
    const connection = this.#connections.of(raw.socket);
    rawResponse.on("error", cutOff);
    connection?.inTurn(rawResponse, () => {
      if (refusal === undefined) this.#options.requests.handle(raw, rawResponse, connection);
      else this.#options.requests.refuse(raw, rawResponse, connection, refusal);
    });
  }

  /** A request that asks for a WebSocket is one like others, unless it was sent ahead: what follows it is of no request any more. */
  #upgrade(raw: IncomingMessage, socket: Duplex, head: Buffer): void {
    const connection = this.#connections.of(socket);
    if (connection === undefined || !connection.isLetGo || !asksForWebSocket(raw)) {
      this.#turnAway(socket, UPGRADE_REFUSED);
      return;
    }
    if (head.length > 0) socket.unshift(head);
    const rawResponse = upgradeResponse(raw, connection);
    rawResponse.on("error", cutOff);
    connection.inTurn(rawResponse, () => {
      connection.isClosing = true; // with every answer but the one that is asked for
      this.#options.requests.handleUpgrade(raw, rawResponse, connection);
    });
  }

  #turnAway(socket: Duplex, refusal: Refusal): void {
    turnAway(this.#connections.of(socket) ?? new Connection(socket), refusal, this.#options);
  }
}

/** An error that nobody listens to would end the process. */
function cutOff(this: ServerResponse): void {
  this.req.socket.destroy();
}
