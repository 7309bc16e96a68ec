/** Checked by the compiler alone: what must compile, and under `@ts-expect-error` what must not. Nothing here is ever run. */
import { type ApiKeyGuard, type ApiKeyRecord, get, requireApiKey } from "../../src/index.ts";

interface Key extends ApiKeyRecord {
  readonly name: string;
}

// A guard knows what it lets in.
const listed: ApiKeyGuard<string> = requireApiKey({ rateLimit: 5, header: "X-Partner-Key" });
const stored = requireApiKey({ find: (hash): Key => ({ name: hash, isActive: true }), onUse: ({ name }) => name });
get("/users/{id:int}", (request) => ({ key: listed.of(request).length, name: stored.of(request).name })).middleware(
  listed,
  stored,
  // @ts-expect-error: a guard in place of options
  requireApiKey(listed),
);

// @ts-expect-error: a record says whether it is active
requireApiKey({ find: () => ({ name: "Mobile App" }) });
// @ts-expect-error: a column is no answer
requireApiKey({ find: () => ({ isActive: 1 }) });
// @ts-expect-error: there is no such option
requireApiKey({ rateLimt: 5 });
