import { isNativeError } from "node:util/types";

/** Whether an error says no more than that the work was stopped through this signal. */
export function wasStoppedBy(signal: AbortSignal, error: unknown): boolean {
  if (!signal.aborted) return false;
  return error === signal.reason || (isNativeError(error) && error.name === "AbortError");
}
