import type { Request } from "../http/request.ts";

/** Told of every request when it is over. */
export interface RequestWatch {
  /** The moment at which a request begins, in milliseconds. */
  start(): number;
  /** @param startedAt as `start` gave it. */
  write(request: Request, status: number, startedAt: number): void;
}

/** One watch for two that share a clock; the other one may be missing. */
export function joinRequestWatch(one: RequestWatch, other: RequestWatch | undefined): RequestWatch {
  if (other === undefined) return one;
  return {
    start: () => one.start(),
    write: (request, status, startedAt) => {
      one.write(request, status, startedAt);
      other.write(request, status, startedAt);
    },
  };
}
