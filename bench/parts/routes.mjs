import { COST_UNIT, costsPerRequest } from "../measure/cost-per-request.mjs";
import { counterName } from "../measure/instructions-per-request.mjs";

const NUMBERS = [3, 1000, 10_000];
const MAX_GROWTH = 1.03;

export const title = "Routes: one request with a parameter, by how many routes there are";

/** The route that is asked for is registered after all others. */
export async function measure() {
  const costs = await costsPerRequest(
    NUMBERS.map((routes) => ({
      server: "growth",
      scenario: { path: "/last/items/42" },
      env: { BENCH_ROUTES: String(routes) },
    })),
  );
  const [few] = NUMBERS;
  const ratios = costs.map((cost) => cost / costs[0]);
  const targets = NUMBERS.map((routes, index) => ({
    what: `${routes.toLocaleString("en")} routes, × ${few} routes`,
    figure: ratios[index],
    atMost: MAX_GROWTH,
  }));
  return {
    columns: ["routes", COST_UNIT, `× ${few} routes`],
    rows: NUMBERS.map((routes, index) => [
      routes.toLocaleString("en"),
      costs[index].toFixed(1),
      ratios[index].toFixed(3),
    ]),
    notes: [],
    targets: counterName === undefined ? [] : targets.slice(1),
  };
}
