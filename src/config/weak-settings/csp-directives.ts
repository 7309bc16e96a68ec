/**
 * Reads a Content-Security-Policy.
 *
 * @returns The sources of each directive, by its name in lower case; of one that stands twice the first counts, as in browsers.
 * @see CSP Level 3 §2.2.1
 */
export function cspDirectives(policy: string): ReadonlyMap<string, readonly string[]> {
  const directives = new Map<string, readonly string[]>();
  for (const directive of policy.split(";")) {
    const [name = "", ...sources] = directive.trim().split(/\s+/);
    const key = name.toLowerCase();
    if (key !== "" && !directives.has(key)) directives.set(key, sources);
  }
  return directives;
}
