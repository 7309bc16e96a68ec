import { Readable } from "node:stream";
import { Tina4Error } from "../errors.ts";
import { jsonMisfit, kindOf } from "../http/json-misfit.ts";
import { isPageData, whatItIs } from "../http/page-data.ts";
import type { Request } from "../http/request.ts";
import { Response } from "../http/response.ts";
import { compose } from "../pipeline/compose.ts";
import { isThenable } from "../pipeline/is-thenable.ts";
import type { Handler } from "../router/handler.ts";
import type { Route } from "../router/route.ts";
import type { Planner } from "./planner.ts";

/** The middleware of application, groups and route, and the handler in their midst. */
export const runHandler: Planner = (_services, { route, layers }) => {
  const { handler } = route;
  return compose(layers, (request, response) => {
    const result: unknown = handler(request as Request<never> as Parameters<Handler>[0], response);
    if (!isThenable(result)) return answer(result, response, route);
    return Promise.resolve(result).then((late) => answer(late, response, route));
  });
};

function answer(result: unknown, response: Response, route: Route): Promise<Response> | Response {
  const { template } = route.marks;
  if (result === response || result === undefined) {
    if (response.produced) return response;
  } else if (template !== undefined) {
    if (isPageData(result)) return response.renderPage(template, result);
    if (result instanceof Readable) result.destroy();
    throw noResponse(route, `${describe(result)}. ${template} needs a plain object: { title: … }.`);
  } else if (typeof result === "string") {
    return response.text(result);
  } else if (typeof result === "object" && result !== null) {
    const remedy = jsonMisfit(result);
    if (remedy === undefined) return response.json(result);
    if (result instanceof Readable) result.destroy();
    throw noResponse(route, `a ${kindOf(result)}. ${remedy}`);
  }
  throw noResponse(route, `${describe(result)}. Return a response, an object, an array or a text.`);
}

function noResponse(route: Route, problem: string): Tina4Error {
  return new Tina4Error("HANDLER_NO_RESPONSE", `The handler of ${route.where} returned ${problem}`);
}

function describe(result: unknown): string {
  if (result instanceof Response) return "a response that is not its own, or has neither status nor body";
  return whatItIs(result);
}
