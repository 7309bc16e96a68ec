import { readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;
const FIELDS_BEFORE_USER_TIME = 11;

/** Seconds of CPU time that a process and all that it has started have used so far, on Linux. */
export function cpuSeconds(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  return children.reduce((sum, child) => sum + cpuSeconds(child), ownSeconds(pid));
}

function ownSeconds(pid) {
  const [, fields] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [user, system] = fields.split(" ").slice(FIELDS_BEFORE_USER_TIME);
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}
