import type { IncomingMessage } from "node:http";
import type { Claims } from "../claims.ts";
import { HttpError } from "../errors.ts";
import { Session } from "../session/session.ts";
import type { SessionVisit } from "../session/session-visit.ts";
import { isSafePath } from "../text/safe-path.ts";
import type { Files } from "../uploads/files.ts";
import type { AnswerWatch } from "./answer-watch.ts";
import type { EndOfStay } from "./end-of-stay.ts";
import { type Fields, parseFormFields } from "./form-fields.ts";
import { ownText } from "./own-text.ts";
import { type ConnectionFacts, RequestHead } from "./request-head.ts";

const MAX_QUERY_FIELDS = 1000;

/** Middleware data of one request. Type your own members by augmenting this interface. */
// biome-ignore lint/suspicious/noEmptyInterface: augmented by applications
export interface RequestState {}

/** The route a request was matched to, as far as a handler may know it. */
export interface MatchedRoute {
  readonly pattern: string;
  readonly name: string | undefined;
}

/** What the application lends each request, so that rarely read members cost nothing until they are read. */
export interface RequestLender extends ConnectionFacts {
  /** The claims of a Bearer token that is valid and not revoked. */
  verifyBearer(token: string): Claims | null;
  /** Begins to use the session of a request for which none was read. */
  startVisit(request: Request): SessionVisit;
  issueFormToken(holderId: string): string;
}

/**
 * One HTTP request, already known to be readable in one way only.
 *
 * Path parameters, query and body are three separate things: a query can never shadow a path parameter.
 *
 * @example
 * ```ts
 * import { createApp } from "tina4-ts";
 * const app = createApp();
 * app.get("/users/{id:int}", (request) => ({ id: request.params.id, tab: request.query.tab }));
 * const answer = await app.dispatch({ path: "/users/7?tab=orders", headers: { Host: "localhost" } });
 * await answer.json(); // { id: 7, tab: "orders" }
 * ```
 */
export class Request<
  Params = Record<string, unknown>,
  Body = Fields,
  Query = Fields,
  User = Claims | null,
> extends RequestHead {
  /** Path parameters only, decoded once, with the types of the pattern. */
  params: Params = NOTHING as Params;
  /** What was uploaded, by field name; nothing where the route does not say `.upload()`. */
  files: Files = NOTHING;
  /** The bytes of a JSON or form body as they came: what a sender's signature was made over (CWE-347). Else empty. */
  rawBody: Uint8Array = NO_BYTES;
  route: MatchedRoute | null = null;
  /** @internal The session as the framework sees it, once it was read or used. */
  visit: SessionVisit | undefined;
  /** @internal Whether the answer shows a form token, so that nobody must keep it. */
  printsFormToken = false;
  /** @internal Makes the form tokens of this request good again. */
  giveBackFormTokens: (() => Promise<void>) | undefined;
  /** @internal Whether the program has asked who the visitor is or what is remembered of them. */
  readsSession = false;
  /** @internal For how long a WebSocket may stay that this request opens. */
  endOfStay: EndOfStay | undefined;
  /** @internal */
  watch: AnswerWatch | undefined;
  readonly #lender: RequestLender;
  #body: Body | undefined;
  #query: Query | undefined;
  #state: RequestState | undefined;
  #user: User | undefined;
  #bearer: Claims | null | undefined;
  #session: Session | undefined;

  constructor(raw: IncomingMessage, lender: RequestLender) {
    super(raw, lender);
    this.#lender = lender;
  }

  /** The parsed body; `{}` when there is none. Middleware may replace it. */
  get body(): Body {
    if (this.#body === undefined) this.#body = Object.create(null) as Body;
    return this.#body;
  }

  set body(body: Body) {
    this.#body = body;
  }

  /**
   * The query, parsed at first use. Where a name stands twice the last one counts; `name[]` makes a list.
   *
   * @throws {HttpError} 400 when it cannot be decoded, nests too deeply or names a prototype.
   */
  get query(): Query {
    if (this.#query === undefined) {
      const { value } = parseFormFields(this.url.slice(this.path.length + 1), MAX_QUERY_FIELDS);
      if (value === undefined) throw new HttpError(400, "Malformed query", { code: "REQUEST_MALFORMED" });
      this.#query = value as Query;
    }
    return this.#query;
  }

  set query(query: Query) {
    this.#query = query;
  }

  /** Data that middleware hands on to later middleware and the handler. */
  get state(): RequestState {
    this.#state ??= Object.create(null) as RequestState;
    return this.#state;
  }

  /**
   * The verified claims of whoever sent this: of a valid Bearer token, else of the session; `null` for a stranger.
   *
   * @throws {HttpError} 503 when the session could not be read.
   */
  get user(): User {
    if (this.#user === undefined) this.#user = (this.bearerClaims ?? this.#sessionClaims()) as User;
    return this.#user;
  }

  set user(user: User) {
    this.#user = user;
  }

  /** @internal What the Bearer token of this request says, if it is valid and not revoked. */
  get bearerClaims(): Claims | null {
    if (this.#bearer === undefined) {
      const token = this.bearerText();
      this.#bearer = token === null ? null : this.#lender.verifyBearer(token);
    }
    return this.#bearer;
  }

  /** What is remembered of this visitor from one request to the next. Nothing is stored until something is set. */
  get session(): Session {
    this.readsSession = true;
    this.#session ??= new Session(this.startVisit());
    return this.#session;
  }

  #sessionClaims(): Claims | null {
    this.readsSession = true;
    return this.visit?.claims() ?? null;
  }

  /** @internal */
  startVisit(): SessionVisit {
    this.visit ??= this.#lender.startVisit(this as Request);
    return this.visit;
  }

  /**
   * A token for a form on the page that answers this request, bound to its session. It proves that a form was printed by us.
   * Put it into a hidden field named `formToken`. The page is then sent with `Cache-Control: no-store`.
   *
   * @throws {HttpError} 503 when the session could not be read.
   * @see CWE-352
   */
  formToken(): string {
    const token = this.#lender.issueFormToken(this.startVisit().bindForm());
    this.printsFormToken = true;
    return token;
  }

  /**
   * A return path that the client sent, if following it stays on this site.
   *
   * @param name Of a body or query field; the body's counts first.
   * @param fallback Given for anything a browser could take elsewhere.
   * @see CWE-601
   */
  safeRedirect(name: string, fallback: string): string {
    const sent = ownText(this.body, name) ?? ownText(this.query, name);
    return sent !== undefined && isSafePath(sent) ? sent : fallback;
  }

  /**
   * Aborted when nobody waits for the answer any more: the client has left, the answer is overdue, or the application closes and
   * ends an event stream or what still runs after ten seconds. Hand it to whatever waits: `fetch`, `once`, a queue.
   *
   * An answer that was sent whole aborts nothing.
   */
  get signal(): AbortSignal {
    return this.watch?.signal ?? NEVER;
  }
}

const NOTHING: Readonly<Record<string, never>> = Object.freeze(Object.create(null));
const NO_BYTES: Uint8Array = new Uint8Array();
const NEVER: AbortSignal = new AbortController().signal;
