import { COST_UNIT, costsPerRequest } from "../measure/cost-per-request.mjs";
import { counterName } from "../measure/instructions-per-request.mjs";

const PATHS = ["none", "sync", "async"];
const MIDDLEWARE_COUNT = 10;
const THOUSAND_INSTRUCTIONS_AT_MOST = 1;

export const title = "Middleware: ten functions on a route";

export async function measure() {
  const [none, ...costs] = await costsPerRequest(
    PATHS.map((path) => ({ server: "middleware", scenario: { path: `/${path}` } })),
  );
  const [sync, async] = costs.map((cost) => (cost - none) / MIDDLEWARE_COUNT);
  return {
    columns: ["middleware", `${COST_UNIT} each`],
    rows: [
      ["return next(request, response)", sync.toFixed(2)],
      ["return await next(request, response)", async.toFixed(2)],
    ],
    notes: [`The route without middleware costs ${none.toFixed(1)} ${COST_UNIT}.`],
    targets: counterName === undefined ? [] : [target("synchronous", sync), target("asynchronous", async)],
  };
}

function target(form, figure) {
  return { what: `one ${form} middleware, thousand instructions`, figure, atMost: THOUSAND_INSTRUCTIONS_AT_MOST };
}
