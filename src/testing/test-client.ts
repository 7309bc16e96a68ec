import type { AppOptions } from "../app/app-options.ts";
import { Application } from "../app/application.ts";
import { Tina4Error } from "../errors.ts";
import { createApp } from "../global/create-app.ts";
import { makeDefault } from "../global/current-application.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { CookieJar } from "./cookie-jar.ts";
import { migrateProject } from "./migrate-project.ts";
import { readPage, type TestPage } from "./test-page.ts";
import { encodeBody, refuseUnclear, type TestRequest } from "./test-request.ts";
import { TestSocket } from "./test-socket.ts";
import { handshakeOf, refuseUnclearSocket, type TestSocketRequest } from "./test-socket-request.ts";
import { type TestTransport, testTransport } from "./test-transport.ts";

/** How a test client reaches the application. */
export interface TestClientOptions {
  /** `"in-process"` uses a pair of streams, `"socket"` a real port on loopback. Both go through the same parser and checks. */
  readonly transport?: "in-process" | "socket";
  /** Whether to apply what is pending in `src/migrations` first. Default `false`. Name a database of the tests' own. */
  readonly migrate?: boolean;
}

interface TestClientParts extends TestTransport {
  readonly giveBackDefault: () => void;
}

/** Sends requests to one application, with a cookie jar. */
export class TestClient {
  readonly app: Application;
  readonly cookies: CookieJar = new CookieJar();
  readonly #host: string;
  readonly #send: TestTransport["send"];
  readonly #connect: TestTransport["connect"];
  readonly #giveBackDefault: () => void;

  /** @internal */
  constructor(app: Application, { host, send, connect, giveBackDefault }: TestClientParts) {
    this.app = app;
    this.#host = host;
    this.#send = send;
    this.#connect = connect;
    this.#giveBackDefault = giveBackDefault;
  }

  get(path: string, request?: TestRequest): Promise<globalThis.Response> {
    return this.request("GET", path, request);
  }

  post(path: string, request?: TestRequest): Promise<globalThis.Response> {
    return this.request("POST", path, request);
  }

  put(path: string, request?: TestRequest): Promise<globalThis.Response> {
    return this.request("PUT", path, request);
  }

  patch(path: string, request?: TestRequest): Promise<globalThis.Response> {
    return this.request("PATCH", path, request);
  }

  delete(path: string, request?: TestRequest): Promise<globalThis.Response> {
    return this.request("DELETE", path, request);
  }

  /**
   * Gets a page as a browser does, and the form tokens on it.
   *
   * @example
   * ```ts
   * import { createApp } from "tina4-ts";
   * import { testClient } from "tina4-ts/testing";
   * const app = createApp();
   * app.get("/contact", (request, response) =>
   *   response.html(`<form method="post"><input type="hidden" name="formToken" value="${request.formToken()}"></form>`),
   * );
   * app.post("/contact", () => ({ thanks: true })).noAuth().csrf();
   * const client = await testClient(app);
   * const { formTokens: [formToken = ""] } = await client.page("/contact");
   * (await client.post("/contact", { form: { formToken } })).status; // 200
   * (await client.post("/contact", { form: { formToken } })).status; // 403
   * ```
   */
  async page(path: string, request: TestRequest = {}): Promise<TestPage> {
    return readPage(await this.get(path, { ...request, headers: { Accept: "text/html", ...request.headers } }));
  }

  /**
   * Sends any method. Redirects are not followed.
   *
   * @param path Begins with a slash, and may have a query: `/orders?page=2`.
   * @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID when the request is not what a test can have meant.
   */
  async request(method: string, path: string, request: TestRequest = {}): Promise<globalThis.Response> {
    refuseUnclear(`client.${method.toLowerCase()}`, path, request);
    const { type, body } = await encodeBody(request);
    const cookie = this.cookies.header();
    const headers = {
      Host: this.#host,
      ...(type !== undefined && { "Content-Type": type }),
      ...(cookie !== undefined && { Cookie: cookie }),
      ...(request.token !== undefined && { Authorization: `Bearer ${request.token}` }),
      ...request.headers,
    };
    const response = await this.#send({ method, path, headers, ...(body !== undefined && { body }) });
    this.cookies.store(response.headers);
    return response;
  }

  /**
   * Asks for a WebSocket, as a page of this very site does: with the cookies, and with its Origin.
   *
   * @example
   * ```ts
   * import { createApp } from "tina4-ts";
   * import { testClient } from "tina4-ts/testing";
   * const app = createApp();
   * app.websocket("/greet", (socket) => socket.send(`Hello, ${socket.user?.sub}`));
   * const client = await testClient(app);
   * (await client.websocket("/greet")).status; // 401
   * const ticket = await app.auth.getSocketTicket({ sub: 42 });
   * const socket = await client.websocket("/greet", { ticket });
   * await socket.next(); // "Hello, 42"
   * await client.close();
   * ```
   * @param path Begins with a slash, and may have a query.
   * @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID when the request is not what a test can have meant.
   */
  async websocket(path: string, request: TestSocketRequest = {}): Promise<TestSocket> {
    refuseUnclearSocket("client.websocket", path, request);
    const origin = this.app.settings.TINA4_PUBLIC_ORIGIN ?? `http://${this.#host}`;
    const site = { host: this.#host, origin, cookie: this.cookies.header() };
    const socket = await TestSocket.open(path, handshakeOf(request, site), this.#connect);
    this.cookies.store(socket.headers);
    return socket;
  }

  /** Stops the application. */
  async close(): Promise<void> {
    this.#giveBackDefault();
    await this.app.close();
  }
}

/**
 * Makes a client for an application, or for the project in a folder.
 *
 * A project's files use the module-level `get`, `Auth` and `Database`, so its application becomes the default one until the
 * client is closed.
 *
 * @param target an application, or the options of one: `{ root: "." }` for the project in the current folder.
 * @throws {Tina4Error} OPTION_INVALID when there is no target, and whatever keeps the application from starting.
 * @example
 * ```ts
 * import { createApp } from "tina4-ts";
 * import { testClient } from "tina4-ts/testing";
 * const app = createApp();
 * app.post("/api/orders", (_request, response) => response({ created: true }, 201));
 * const client = await testClient(app);
 * (await client.post("/api/orders", { json: { product: "widget" } })).status; // 401
 * ```
 */
export async function testClient(
  target: Application | AppOptions,
  options: TestClientOptions = {},
): Promise<TestClient> {
  if (target === undefined) {
    const remedy = 'testClient(app), or testClient({ root: "." }) for the project in the current folder';
    throw new Tina4Error("OPTION_INVALID", `testClient was given no application. Write ${remedy}.`);
  }
  refuseUnknownKeys("testClient", options, ["transport", "migrate"]);
  const { transport = "in-process", migrate = false } = options;
  const isOwn = !(target instanceof Application);
  const app = isOwn ? createApp(target) : target;
  const giveBackDefault = isOwn ? makeDefault(app) : () => {};
  try {
    if (migrate) await migrateProject(app);
    return new TestClient(app, { ...(await testTransport(app, transport)), giveBackDefault });
  } catch (error) {
    giveBackDefault();
    throw error;
  }
}
