import { Tina4Error } from "../errors.ts";

/**
 * Refuses arguments in an order that other frameworks have: a guard in the wrong place would be dropped unseen.
 *
 * @param where The route or group, as the message shall name it.
 * @param rest What stands behind the path.
 * @throws {Tina4Error} OPTION_INVALID naming the remedy.
 */
export function refuseMisplacedArguments(
  where: string,
  rest: readonly unknown[],
  of: "route" | "group" | "websocket",
): void {
  refuseFurtherArguments(where, rest.length);
  if (of !== "websocket") refuseOptionsLast(where, rest);
  // The options of a WebSocket may stand on either side of its handler.
  const isInOrder = of === "websocket" && !Array.isArray(rest[0]) && typeof rest[1] !== "function";
  if (of !== "group" && !isInOrder) refuseMiddlewareInline(where, rest);
}

/** A guard listed as in Express would otherwise be dropped unseen. */
function refuseFurtherArguments(where: string, count: number): void {
  if (count <= 2) return;
  throw invalid(
    where,
    "has too many arguments. Middleware stands behind it: .middleware(…), or in the options: { middleware: [...] }.",
  );
}

/** As Python and Ruby write them. */
function refuseOptionsLast(where: string, [first, last]: readonly unknown[]): void {
  if (typeof first !== "function" || typeof last !== "object") return;
  throw invalid(where, "has its options last. They stand between the path and the function.");
}

/** As Express takes it. */
function refuseMiddlewareInline(where: string, [first, last]: readonly unknown[]): void {
  const isList = Array.isArray(first) && first.some((entry) => typeof entry === "function");
  if (last === undefined || (typeof first !== "function" && !isList)) return;
  const given = isList ? "an array" : "a function";
  throw invalid(where, `has ${given} where its options belong. Write middleware behind the route: .middleware(…).`);
}

function invalid(where: string, problem: string): Tina4Error {
  return new Tina4Error("OPTION_INVALID", `${where} ${problem}`);
}
