import type { OpenRateStore } from "../../src/rate-limit/rate-store.ts";
import { SlidingWindow } from "../../src/rate-limit/sliding-window.ts";

/** Counts in this process, at one moment, and answers later, as a store does that several processes share. */
export const lateStore: OpenRateStore = (rule) => {
  const window = new SlidingWindow(rule, { now: () => 0, maxClients: 10 });
  return {
    take: async (key) => window.take(key),
    giveBack: async (key, taken) => window.giveBack(key, taken),
  };
};
