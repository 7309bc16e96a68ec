import { randomId } from "../../crypto/random-id.ts";

const ID_BYTES = 12;
const VERSION = /^(?:new|[\w-]{16})\.[\w-]{16}\.\d{1,16}$/;

/**
 * Names the next state of a record: `<id of the state before>.<its own id>.<expiresAt>`.
 *
 * Ids are random, so that no name ever comes again; the expiry can be read without opening anything.
 */
export function nextRecordVersion(version: string | null, expiresAt: number): string {
  const before = version === null ? "new" : idOf(version);
  return `${before}.${randomId(ID_BYTES)}.${expiresAt}`;
}

export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

export function expiryOf(version: string): number {
  return Number(version.split(".")[2]);
}

/** Whether `draft` was to follow a state that `version` is or may become no more. */
export function isOutdated(draft: string, version: string): boolean {
  return draft !== version && draft.split(".")[0] !== idOf(version);
}

function idOf(version: string): string | undefined {
  return version.split(".")[1];
}
