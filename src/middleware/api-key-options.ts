import type { ApiKeyRecord } from "../auth/api-keys/api-key-record.ts";
import { Tina4Error } from "../errors.ts";
import type { Request } from "../http/request.ts";
import { checkWholeNumber } from "../rate-limit/rate-rule.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";

const USUAL_HEADER = "X-API-Key";
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
/** What browsers add on their own, or other credentials are read from. */
const TAKEN_HEADERS = ["authorization", "cookie", "host", "origin", "referer", "user-agent"];
const MAX_RATE_LIMIT = 1_000_000_000;
const NAMES = ["header", "rateLimit", "find", "onUse"];

/** How `requireApiKey` asks for a key. */
export interface ApiKeyOptions {
  /** The one header that carries the key. Default: `X-API-Key`. Add another one to `TINA4_CORS_HEADERS` where pages send it. */
  readonly header?: string | undefined;
  /** Requests that a key may make in any minute, unless its record says otherwise: 1 to 1,000,000,000. Default: as many as it likes. */
  readonly rateLimit?: number | undefined;
}

/** How `requireApiKey` finds keys that the program keeps. */
export interface StoredApiKeyOptions<Record extends ApiKeyRecord> extends ApiKeyOptions {
  /**
   * Finds the record of a key.
   *
   * @param hash The SHA-256 of the key that was sent, in hex: what `createApiKey` gave to store.
   * @returns `null` where there is none.
   */
  readonly find: (hash: string, request: Request) => Promise<Record | null | undefined> | Record | null | undefined;
  /** Is called, and waited for, once a request is let in and before its handler runs: to count it. A refused one never gets here. */
  readonly onUse?: ((record: Record, request: Request) => unknown) | undefined;
}

type ReadOptions = Partial<Pick<StoredApiKeyOptions<ApiKeyRecord>, "find" | "onUse">> & {
  readonly header: string;
  readonly rateLimit: number | undefined;
};

/** @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID: a guard in doubt must not be built. */
export function readApiKeyOptions(options: ApiKeyOptions | StoredApiKeyOptions<ApiKeyRecord>): ReadOptions {
  refuseUnknownKeys("requireApiKey", options, NAMES);
  const { header = USUAL_HEADER, rateLimit, find, onUse }: Partial<StoredApiKeyOptions<ApiKeyRecord>> = options;
  if (typeof header !== "string" || !HEADER_NAME.test(header) || TAKEN_HEADERS.includes(header.toLowerCase())) {
    throw invalid(`needs a header of its own, not ${JSON.stringify(header)}`);
  }
  if (rateLimit !== undefined) checkWholeNumber("rateLimit", rateLimit, MAX_RATE_LIMIT);
  if ("find" in options && typeof find !== "function") throw invalid("has a find that is no function");
  if (onUse !== undefined && (typeof onUse !== "function" || find === undefined)) {
    throw invalid("takes onUse as a function, and together with find");
  }
  return { header, rateLimit, ...(find && { find }), ...(onUse && { onUse }) };
}

function invalid(flaw: string): Tina4Error {
  return new Tina4Error("OPTION_INVALID", `requireApiKey ${flaw}.`);
}
