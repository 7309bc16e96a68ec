import { Tina4Error } from "../errors.ts";
import type { AccessMarks } from "./access-marks.ts";
import { type AccessRule, accessRule } from "./access-rule.ts";

/**
 * Decides who may open a WebSocket: as with a write, nobody without a credential, unless the marks say otherwise. A ticket stands for
 * a Bearer token. Forms play no part.
 *
 * @param method What stands for the method of such a request; it counts as unsafe.
 * @throws {Tina4Error} `ROUTE_CONTRADICTION` and others, as `accessRule` does; the caller adds which route it was.
 * @see CWE-1385
 */
export function socketAccessRule(method: string, marks: AccessMarks): AccessRule {
  const rule = accessRule(method, marks);
  if (rule.loginPath !== undefined) {
    throw new Tina4Error("ROUTE_CONTRADICTION", "loginPath leads a browser to a page, which no WebSocket can follow.");
  }
  return Object.freeze({ ...rule, formToken: "none" });
}
