// Shows a rate limiter a million clients, twice, and prints what that took: node --expose-gc bench/measure/rate-limiter-clients.mjs LIMITER
import { median } from "./median.mjs";
import { microsecondsPerCall } from "./microseconds-per-call.mjs";

const CLIENTS = 1_000_000;
const CHECKS_A_SAMPLE = 1000;
const MEGABYTE = 1_000_000;

/** Each gives a function that makes a new limiter, which checks a client. Those of peers give promises. */
const LIMITERS = {
  "tina4-ts": async () => {
    const { RateLimiter } = await import("../../dist/rate-limit/rate-limiter.js");
    return () => {
      const limiter = new RateLimiter({ limit: 100, windowSeconds: 60 });
      return (client) => limiter.check(client);
    };
  },
  "rate-limiter-flexible, memory": async () => {
    const { RateLimiterMemory } = await import("rate-limiter-flexible");
    return () => {
      const limiter = new RateLimiterMemory({ points: 100, duration: 60 });
      return (client) => limiter.consume(client);
    };
  },
  "express-rate-limit, MemoryStore": async () => {
    const { MemoryStore } = await import("express-rate-limit");
    return () => {
      const store = new MemoryStore();
      store.init({ windowMs: 60_000 });
      return (client) => store.increment(client);
    };
  },
};

const clients = Array.from({ length: CLIENTS }, (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
const open = await LIMITERS[process.argv[2]]();
const warmed = open();
for (const client of clients.slice(0, CLIENTS / 100)) await warmed(client);

const before = memory();
const check = open();
const fresh = await medianCheck(check);
const known = await medianCheck(check);
process.stdout.write(JSON.stringify({ megabytes: (memory() - before) / MEGABYTE, fresh, known }));
process.exit();

/** Microseconds of one check: a clock reading costs about as much, so a thousand checks are one sample. */
async function medianCheck(check) {
  const samples = [];
  for (let start = 0; start < CLIENTS; start += CHECKS_A_SAMPLE) {
    samples.push(await microsecondsPerCall((index) => check(clients[index]), CHECKS_A_SAMPLE, start));
  }
  return median(samples);
}

function memory() {
  globalThis.gc();
  return process.memoryUsage().rss;
}
