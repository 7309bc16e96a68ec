import type { Request } from "../http/request.ts";
import { redactTarget } from "../log/redact-target.ts";
import { REDACTED } from "../log/scrub-text.ts";
import { isSecretName } from "../log/secret-name.ts";

const PARAM = /\{(\w+)(?::(\w+))?\}/;

/**
 * The target of a request as logs may show it: without secret query parameters, and without the part of the path that its route
 * calls a token or a password. A link such as `/reset/{token}` opens an account to whoever reads it.
 *
 * @see CWE-532
 */
export function loggedTarget({ url, path, route }: Request): string {
  return redactTarget(route === null ? url : redactPath(path, route.pattern) + url.slice(path.length));
}

function redactPath(path: string, pattern: string): string {
  if (!pattern.includes("{")) return path;
  const segments = path.split("/");
  for (const [index, part] of pattern.split("/").entries()) {
    const [, name, type] = PARAM.exec(part) ?? [];
    if (name === undefined || !isSecretName(name)) continue;
    segments.splice(index, type === "path" ? Number.POSITIVE_INFINITY : 1, REDACTED);
  }
  return segments.join("/");
}
