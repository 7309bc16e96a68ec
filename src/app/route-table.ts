import { refuse, Tina4Error } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import { runSteps, type Step, type StepOutcome } from "../pipeline/step.ts";
import { METHODS, type Method, SOCKET_METHOD } from "../router/method.ts";
import { SegmentTree } from "../router/segment-tree.ts";
import type { RoutePlan } from "./route-plan.ts";
import { UPGRADE_REFUSED } from "./upgrade-refused.ts";

const FILE_METHODS: readonly string[] = ["GET", "HEAD"];
const FILES_ALLOW = [...FILE_METHODS, "OPTIONS"].join(", ");

const SOCKET_REQUIRED = refuse("UPGRADE_REQUIRED", {
  headers: { Connection: "close, Upgrade", Upgrade: "websocket" },
});

/** All that is registered for one path. */
class PathEntry {
  readonly plans = new Map<string, RoutePlan>();
  allow = "";
}

/** How static files take part. */
export interface FileSteps {
  /** Answers with the file, if there is one. */
  readonly serve: Step;
  /** Whether there is one. */
  readonly has: (path: string) => Promise<boolean>;
}

/** What happens to a request that no route takes. */
export interface UnroutedSteps {
  /** Static files, which no limit counts. */
  readonly files: FileSteps;
  /** The global rate limit, if there is one. */
  readonly limit: Step | undefined;
  /** The application's middleware around the 404. */
  readonly notFound: Step;
}

/** Finds the plan of a request and runs it; answers for paths and methods that nobody registered. */
export class RouteTable {
  readonly #tree = new SegmentTree<PathEntry>();
  readonly #notFound: readonly Step[];
  /** What happens before a method is refused. */
  readonly #counted: readonly Step[];
  /** What a request for a WebSocket meets where no route is, and where only others are. */
  readonly #notFoundSocket: readonly Step[];
  readonly #noSocket: readonly Step[];

  /** @throws {Tina4Error} ROUTE_DUPLICATE or ROUTE_CONTRADICTION when two routes of one path exclude each other. */
  constructor(plans: readonly RoutePlan[], { files, limit, notFound }: UnroutedSteps) {
    this.#counted = [files.serve, limit].filter((step) => step !== undefined);
    const limits = limit === undefined ? [] : [limit];
    this.#notFoundSocket = [...limits, notFound];
    this.#noSocket = [...limits, () => UPGRADE_REFUSED];
    this.#notFound = [...this.#counted, refuseOtherMethods(files), notFound];
    const entries = new Set(plans.map((plan) => this.#add(plan)));
    for (const entry of entries) completeMethods(entry);
  }

  /** All that happens once arrival is over, as one step. */
  readonly enter: Step = (request, response) => {
    const match = this.#tree.find(request.path);
    const plan = match?.leaf.plans.get(request.method);
    if (match === undefined || plan === undefined) return this.#answerUnrouted(match?.leaf, request, response);
    return run(plan, match.values, request, response);
  };

  /** The same for a request that asks for a WebSocket. */
  readonly enterSocket: Step = (request, response) => {
    const match = this.#tree.find(request.path);
    const plan = match?.leaf.plans.get(SOCKET_METHOD);
    if (match !== undefined && plan !== undefined) return run(plan, match.values, request, response);
    return runSteps(match === undefined ? this.#notFoundSocket : this.#noSocket, request, response);
  };

  #answerUnrouted(
    entry: PathEntry | undefined,
    request: Request,
    response: Response,
  ): StepOutcome | Promise<StepOutcome> {
    if (entry === undefined && METHODS.includes(request.method as Method)) {
      return runSteps(this.#notFound, request, response);
    }
    if (entry?.plans.has(SOCKET_METHOD) === true && FILE_METHODS.includes(request.method)) {
      return runSteps([...this.#counted, () => SOCKET_REQUIRED], request, response);
    }
    const allow = entry?.allow ?? METHODS.join(", ");
    return runSteps([...this.#counted, () => allowedMethods(allow, request, response)], request, response);
  }

  #add(plan: RoutePlan): PathEntry {
    const { route, method } = plan.planned;
    const entry = this.#tree.leaf(route.pattern, () => new PathEntry());
    const earlier = entry.plans.get(method)?.planned.route;
    if (earlier !== undefined) {
      throw new Tina4Error(
        "ROUTE_DUPLICATE",
        `${method} ${route.pattern.text} (${route.declaredAt}) is already registered as ${earlier.pattern.text} (${earlier.declaredAt}).`,
      );
    }
    entry.plans.set(method, plan);
    return entry;
  }
}

function run(
  plan: RoutePlan,
  values: readonly (string | number)[],
  request: Request,
  response: Response,
): ReturnType<Step> {
  request.route = plan.matched;
  if (values.length > 0) plan.assignParams(request, values);
  return runSteps(plan.steps, request, response);
}

/** HEAD runs its GET, and is guarded with it. */
function completeMethods(entry: PathEntry): void {
  const get = entry.plans.get("GET");
  const head = entry.plans.get("HEAD");
  if (get !== undefined && head === undefined) entry.plans.set("HEAD", get);
  if (get !== undefined && head !== undefined) refuseLessGuarded(head, get);
  entry.allow = METHODS.filter((method) => method === "OPTIONS" || entry.plans.has(method)).join(", ");
}

/** A HEAD of its own tells length, type and existence of what GET would say. */
function refuseLessGuarded(head: RoutePlan, get: RoutePlan): void {
  const { access: needed } = get.planned;
  const { access, route } = head.planned;
  if (needed.credential === "none") return;
  if (access.credential === needed.credential && access.roles.join() === needed.roles.join()) return;
  throw new Tina4Error("ROUTE_CONTRADICTION", `${route.where} is not guarded as its GET is. Give both the same marks.`);
}

/** A file can be read, and nothing else. */
function refuseOtherMethods(files: FileSteps): Step {
  return (request, response) => {
    if (FILE_METHODS.includes(request.method)) return undefined;
    return files
      .has(request.path)
      .then((exists) => (exists ? allowedMethods(FILES_ALLOW, request, response) : undefined));
  };
}

function allowedMethods(allow: string, request: Request, response: Response): StepOutcome {
  if (request.method !== "OPTIONS") return refuse("METHOD_NOT_ALLOWED", { headers: { Allow: allow } });
  response.stage("Allow", allow);
  return response.noContent();
}
