import { setTimeout as pause } from "node:timers/promises";
import { SCENARIOS } from "../measure/scenarios.mjs";
import { startServer } from "../measure/start-server.mjs";

const LOGINS = 40;
const PAUSE_MS = 10;

export const title = `Logins: how long GET /hello takes while ${LOGINS} people log in`;

export async function measure() {
  const server = await startServer("logins");
  try {
    const began = performance.now();
    const logins = Promise.all(Array.from({ length: LOGINS }, () => logIn(server)));
    const [statuses, times] = await Promise.all([logins, timesUntil(logins, server)]);
    return report(statuses, times, performance.now() - began);
  } finally {
    await server.stop();
  }
}

function report(statuses, times, duration) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
  const turnedAway = statuses.filter((status) => status === 503).length;
  return {
    columns: ["asked", "median, ms", "p99, ms", "worst, ms"],
    rows: [[`${times.length} times`, at(0.5), at(0.99), at(1)]],
    notes: [
      `The logins took ${Math.round(duration)} ms, and ${turnedAway} were turned away, as too many waited already: passwords are hashed in other threads.`,
    ],
    targets: [],
  };
}

async function logIn({ origin }) {
  return (await fetch(`${origin}/login`, { method: "POST" })).status;
}

async function timesUntil(end, { origin }) {
  let isOver = false;
  const stop = () => {
    isOver = true;
  };
  end.then(stop, stop);
  const times = [];
  while (!isOver) {
    const began = performance.now();
    await (await fetch(origin + SCENARIOS.hello.path)).arrayBuffer();
    times.push(performance.now() - began);
    await pause(PAUSE_MS);
  }
  return times;
}
