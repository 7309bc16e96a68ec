import { counterName, instructionsPerRequest } from "../count-instructions.mjs";

const FEW = 3;
const NUMBERS = [FEW, 1000, 10_000];
const MAX_GROWTH = 1.03;
const THOUSAND = 1000;

export const title = "Routes: one request with a parameter, by how many routes there are";

/** The route that is asked for is registered after all others. */
export async function measure() {
  const costs = new Map();
  for (const routes of NUMBERS) {
    process.env.BENCH_ROUTES = String(routes);
    costs.set(routes, await instructionsPerRequest("growth", { path: "/last/items/42" }));
  }
  delete process.env.BENCH_ROUTES;
  const ratioOf = (routes) => costs.get(routes) / costs.get(FEW);
  return {
    columns: ["routes", "thousand instructions", `× ${FEW} routes`],
    rows: NUMBERS.map((routes) => [
      routes.toLocaleString("en"),
      (costs.get(routes) / THOUSAND).toFixed(1),
      ratioOf(routes).toFixed(3),
    ]),
    notes: [`Counted by ${counterName}.`],
    targets: NUMBERS.slice(1).map((routes) => ({
      what: `${routes} routes, × ${FEW} routes`,
      figure: Number(ratioOf(routes).toFixed(3)),
      atMost: MAX_GROWTH,
    })),
  };
}
