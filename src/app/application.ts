import { join, resolve } from "node:path";
import { loadSettings } from "../config/load-settings.ts";
import type { SettingSources, Settings } from "../config/settings.ts";
import { Database } from "../database/database.ts";
import { Tina4Error } from "../errors.ts";
import type { Logger } from "../log/logger.ts";
import { corsHeaders } from "../middleware/cors-middleware.ts";
import { securityHeaders } from "../middleware/security-headers-middleware.ts";
import type { Services } from "../middleware/services.ts";
import { PageTemplates } from "../pages/page-templates.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import { MiddlewareRegistry } from "../pipeline/middleware-registry.ts";
import { Router } from "../router/router.ts";
import { StaticFiles } from "../static-files/static-files.ts";
import { isWorker } from "../workers/worker-flag.ts";
import { type AppOptions, refuseUnclearOptions } from "./app-options.ts";
import { Auth } from "./auth.ts";
import { Backends } from "./backends.ts";
import { registerBuiltInMiddleware } from "./built-in-middleware.ts";
import { createDispatcher } from "./create-dispatcher.ts";
import { createServices } from "./create-services.ts";
import { frondScript } from "./frond-script.ts";
import { HttpServer } from "./http-server.ts";
import { type ListenOptions, refuseUnclearListening } from "./listen-options.ts";
import { type ImportFile, loadProject } from "./load-project.ts";
import type { ListenAddress } from "./open-port.ts";
import { projectContents, warningsOfSilence } from "./project-contents.ts";
import { type InProcessRequest, sendRequest } from "./send-request.ts";
import { type CloseOptions, Serving } from "./serving.ts";

const CLOSED = "The application was closed. Make another with createApp().";

/** One application: its settings, its routes, its server. Two of them in one process share nothing. */
export class Application extends Router {
  readonly root: string;
  readonly settings: Settings;
  readonly log: Logger;
  /** @internal What the project's files have added to `process.env`. */
  readonly exportedVariables: readonly string[];
  readonly auth: Auth;
  /** @internal */
  readonly backends: Backends;
  /** @internal What was found when it started: "3 routes, 2 middleware, 1 template, src/public". */
  contents = "";
  readonly middleware: MiddlewareRegistry = new MiddlewareRegistry();
  /** What renders the pages of `src/templates`. Add filters, functions, tests and globals before the application starts. */
  readonly templates: PageTemplates;
  readonly #services: Services;
  readonly #sources: SettingSources;
  readonly #globalMiddleware: MiddlewareEntry[] = [];
  readonly #importFile: ImportFile;
  readonly #hasProject: boolean;
  #isSealed = false;
  #running: Promise<Serving> | undefined;
  #closing: Promise<void> | undefined;

  /** @throws {Tina4Error} SETTING_INVALID and others, when something about the configuration is not safe to start with. */
  constructor(options: AppOptions = {}, importFile: ImportFile = (url) => import(url)) {
    super();
    refuseUnclearOptions(options);
    const { now = Date.now, monotonicNow = () => performance.now(), logDestination } = options;
    const root = resolve(options.root ?? ".");
    this.root = root;
    const { settings, sources, warnings, exported } = loadSettings({ root, overrides: options.settings });
    this.settings = settings;
    this.exportedVariables = exported;
    this.#sources = sources;
    const { services, sessionBackend } = createServices(settings, { root, now, monotonicNow, logDestination });
    this.#services = services;
    this.log = services.log;
    for (const warning of isWorker() ? [] : warnings) this.log.warn(warning);
    this.auth = new Auth(services);
    this.backends = new Backends(services, sessionBackend, { root, sources });
    const folder = join(root, "src/templates");
    this.templates = new PageTemplates({ folder, checksForChanges: settings.TINA4_DEBUG, now });
    registerBuiltInMiddleware(this.middleware, this.backends.rateCounters);
    this.#importFile = importFile;
    this.#hasProject = options.root !== undefined;
  }

  /**
   * Adds middleware around every route, outside that of groups and routes. It also runs around the 404 of a path without a route.
   *
   * @throws {Tina4Error} ROUTE_TOO_LATE when the application has started.
   */
  use(...entries: MiddlewareEntry[]): this {
    if (this.#isSealed) throw new Tina4Error("ROUTE_TOO_LATE", "Middleware was registered after the start.");
    this.#globalMiddleware.push(...entries);
    return this;
  }

  /**
   * The database of `TINA4_DATABASE_URL`, or of another URL. Cheap to call: all share one pool per URL.
   *
   * @example
   * ```ts
   * import { createApp } from "tina4-ts";
   * (await createApp().database("sqlite::memory:").fetchOne("SELECT 6 * 7 AS answer"))?.answer; // 42
   * ```
   */
  database(url: string = this.settings.TINA4_DATABASE_URL): Database {
    return new Database({ url, pools: this.backends.databases });
  }

  /**
   * Loads the project and checks every route. Called by `listen` and `dispatch`; call it to find mistakes earlier.
   *
   * @throws {Tina4Error} when a file cannot be loaded or a route contradicts itself or another.
   */
  async ready(): Promise<void> {
    await this.#start();
  }

  /**
   * Starts to serve. Until the application is closed, a promise that fails while nobody waits for it is logged, and does not end
   * the process: a request could cause it at will.
   *
   * @throws {Tina4Error} PORT_UNAVAILABLE when the address is taken or not ours, or when the application listens already.
   * @see CWE-248
   */
  async listen(options: ListenOptions = {}): Promise<ListenAddress> {
    refuseUnclearListening(options);
    const { port = this.settings.PORT, host = this.settings.TINA4_HOST } = options;
    const serving = await this.#start();
    return await serving.listen(port, host);
  }

  /**
   * Answers a request without a port, through the very same parser, checks and routes.
   *
   * @throws {Error} when the connection is closed without an answer.
   */
  async dispatch(request: globalThis.Request | InProcessRequest): Promise<globalThis.Response> {
    return await sendRequest(request, await this.connector());
  }

  /** @internal What opens connections without a port. */
  async connector(): Promise<HttpServer["connect"]> {
    const { server } = await this.#start();
    return server.connect.bind(server);
  }

  /** Stops, for good: no new connections, up to ten seconds for what runs, then everything is closed. */
  close(options?: CloseOptions): Promise<void> {
    this.#closing ??= this.#stop(options);
    return this.#closing;
  }

  #start(): Promise<Serving> {
    if (this.#closing !== undefined) return Promise.reject(new Tina4Error("APPLICATION_CLOSED", CLOSED));
    this.#running ??= this.#prepare();
    return this.#running;
  }

  async #prepare(): Promise<Serving> {
    const builtIn = this.middleware.size;
    if (this.#hasProject) await this.#load();
    const folder = this.#hasProject ? join(this.root, "src/public") : undefined;
    const files = await StaticFiles.open(folder, [frondScript(this.log)]);
    this.#isSealed = true;
    this.contents = projectContents({
      routes: this.everyRoute.length,
      middleware: this.middleware.size - builtIn,
      templates: this.templates.names().length,
      hasFiles: files.hasFolder,
    });
    const commonHeaders = [...securityHeaders(this.settings), ...corsHeaders(this.settings)];
    const dispatcher = createDispatcher({
      routes: this.seal(),
      websocketRoutes: this.websocketRoutes,
      globalMiddleware: this.#globalMiddleware,
      registry: this.middleware,
      services: this.#services,
      sources: this.#sources,
      root: this.root,
      backends: this.backends,
      commonHeaders,
      files,
      templates: this.templates,
    });
    await this.backends.open(this.routes.some(({ marks }) => marks.upload));
    const server = new HttpServer({ requests: dispatcher, commonHeaders, log: this.log });
    const { sockets } = this.#services;
    return new Serving({ server, sockets, clocked: [dispatcher, server, this.backends, sockets], log: this.log });
  }

  async #load(): Promise<void> {
    const registered = (): number => this.everyRoute.length + this.#globalMiddleware.length + this.middleware.size;
    const silent = await loadProject(this.root, this.#importFile, this.middleware, registered);
    for (const warning of warningsOfSilence(silent, this.everyRoute)) this.log.warn(warning);
  }

  async #stop(options: CloseOptions | undefined): Promise<void> {
    this.backends.readiness.end();
    const running = await this.#running?.catch(() => undefined);
    await running?.stop(options);
    await this.backends.close();
  }
}
