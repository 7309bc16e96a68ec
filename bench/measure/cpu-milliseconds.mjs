import { readdirSync, readFileSync } from "node:fs";

const NANOSECONDS_PER_MILLISECOND = 1e6;

/** CPU time that a process and all that it has started have used so far; only Linux tells, elsewhere it is `NaN`. */
export function cpuMilliseconds(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`);
    return threads.reduce((sum, thread) => sum + ownTime(thread) + timeOfChildren(thread), 0);
  } catch {
    return Number.NaN;
  }
}

function ownTime(thread) {
  return Number(readFileSync(`${thread}/schedstat`, "utf8").split(" ")[0]) / NANOSECONDS_PER_MILLISECOND;
}

function timeOfChildren(thread) {
  const children = readFileSync(`${thread}/children`, "utf8").split(" ").filter(Boolean);
  return children.reduce((sum, child) => sum + cpuMilliseconds(child), 0);
}
