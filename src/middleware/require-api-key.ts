import { type ApiKeyRecord, apiKeyStanding } from "../auth/api-keys/api-key-record.ts";
import { refusalError, refuse, Tina4Error } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import { withLock } from "../pipeline/lock-of.ts";
import type { MiddlewareFunction } from "../pipeline/middleware.ts";
import { type ApiKeyDesk, apiKeyDeskOf } from "./api-key-desk.ts";
import { type ApiKeyOptions, readApiKeyOptions, type StoredApiKeyOptions } from "./api-key-options.ts";
import { rateLimitError, showTighterLimit } from "./rate-limited.ts";
import { missingApiKey, type ShownApiKey, shownApiKey, unknownApiKey } from "./shown-api-key.ts";

const NO_KEYS = "API_KEYS is not set, so nobody has a key";

/** Middleware that lets in who shows a good key, and knows whose it was. */
export interface ApiKeyGuard<Key> extends MiddlewareFunction {
  /**
   * What this guard let the request in with: the record that `find` gave, or the key itself where `API_KEYS` lists it. It is
   * `request.state.apiKey`, with its type, unless another guard came after.
   *
   * @throws {Tina4Error} MIDDLEWARE_INVALID when the request did not come through this guard.
   */
  of(request: Pick<Request, "state">): Key;
}

/** What a key is looked up to: what handlers get of it, and how often it may be used. */
interface Found<Key> {
  readonly value: Key;
  readonly rateLimit?: number | null | undefined;
}

/**
 * Middleware that lets in who sends a good API key in the header `X-API-Key`. Without options the good ones are those of the setting
 * `API_KEYS`; with `find` they are wherever the program keeps them, by their hash.
 *
 * No key is 401, a wrong, deactivated or expired one 403, one that is used too often 429. A key in the query is never looked at.
 * The handler finds the record, or the listed key, as `request.state.apiKey` and, typed, as what `guard.of(request)` gives.
 *
 * A write that a key guards says `.noAuth()`, as no Bearer token comes with it. The cross-site guard still stands before it, so no page of
 * another site sends one.
 *
 * @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID when an option does not exist or cannot be used.
 * @example
 * ```ts
 * import { createApp, requireApiKey } from "tina4-ts";
 * const app = createApp({ settings: { API_KEYS: "key-alpha-001, key-beta-002" } });
 * app.group("/api/partner", { middleware: requireApiKey() }, () => {
 *   app.get("/data", () => ({ value: "alpha" }));
 * });
 * const ask = (headers: object) => app.dispatch({ path: "/api/partner/data", headers: { Host: "localhost", ...headers } });
 * (await ask({})).status; // 401
 * (await ask({ "X-API-Key": "wrong-key" })).status; // 403
 * (await ask({ "X-API-Key": "key-beta-002" })).status; // 200
 * ```
 * @see CWE-306, CWE-208, OWASP ASVS 14.2.1
 */
export function requireApiKey(options?: ApiKeyOptions): ApiKeyGuard<string>;
export function requireApiKey<Record extends ApiKeyRecord>(options: StoredApiKeyOptions<Record>): ApiKeyGuard<Record>;
export function requireApiKey(
  options: ApiKeyOptions | StoredApiKeyOptions<ApiKeyRecord> = {},
): ApiKeyGuard<string | ApiKeyRecord> {
  const { header, find, rateLimit, onUse } = readApiKeyOptions(options);
  const admitted = new WeakMap<Request["state"], string | ApiKeyRecord>();
  const guard: MiddlewareFunction = async (request, response, next) => {
    const desk = apiKeyDeskOf(request);
    if (find === undefined && desk.listed.isEmpty) throw missingApiKey(header, undefined, NO_KEYS);
    const shown = shownApiKey(request, header, desk.log);
    if (shown === undefined) throw missingApiKey(header, find && `API key required. Send in ${header} header.`);
    const found = find === undefined ? listedKey(desk, shown) : storedKey(await find(shown.hash, request), desk, shown);
    await countUse(found.rateLimit ?? rateLimit, desk, shown, response);
    await onUse?.(found.value as ApiKeyRecord, request);
    Object.assign(request.state, { apiKey: found.value });
    admitted.set(request.state, found.value);
    keepFromCaches(response, header);
    return next(request, response);
  };
  Object.defineProperty(guard, "name", { value: "requireApiKey" });
  return withLock(Object.assign(guard, { of: readerOf(admitted) }), "API key");
}

function listedKey({ listed }: ApiKeyDesk, shown: ShownApiKey): Found<string> {
  if (!listed.has(shown.hash)) throw unknownApiKey(shown);
  return { value: shown.key };
}

function storedKey(
  record: ApiKeyRecord | null | undefined,
  { now }: ApiKeyDesk,
  shown: ShownApiKey,
): Found<ApiKeyRecord> {
  if (record === null || record === undefined) throw unknownApiKey(shown);
  switch (apiKeyStanding(record, now())) {
    case "good":
      return { value: record, rateLimit: record.rateLimit };
    case "deactivated":
      throw refusalError(refuse("API_KEY_DEACTIVATED"));
    case "expired":
      throw refusalError(refuse("API_KEY_EXPIRED"));
  }
}

/** The key is the client, from wherever it is used. */
async function countUse(
  limit: number | undefined,
  desk: ApiKeyDesk,
  { hash }: ShownApiKey,
  response: Response,
): Promise<void> {
  if (limit === undefined) return;
  const decision = await desk.limiter(limit).check(hash);
  if (!decision.allowed) throw rateLimitError(decision);
  showTighterLimit(response, decision);
}

/**
 * A cache that knows nothing of the header would give the answer to whoever asks next, also where a handler lets it be kept: a
 * response to `Authorization` no shared cache keeps by itself, of other headers it knows nothing (RFC 9111 §3.5).
 */
function keepFromCaches(response: Response, header: string): void {
  response.stage("Vary", header);
  if (response.getHeader("Cache-Control") === undefined) response.header("Cache-Control", "no-store");
}

/** What another guard has let in is not this one's, however alike the two look. */
function readerOf(
  admitted: WeakMap<Request["state"], string | ApiKeyRecord>,
): ApiKeyGuard<string | ApiKeyRecord>["of"] {
  return ({ state }) => {
    const apiKey = admitted.get(state);
    if (apiKey !== undefined) return apiKey;
    throw new Tina4Error(
      "MIDDLEWARE_INVALID",
      "This request did not come through this requireApiKey. List it on the route, or on its group.",
    );
  };
}
