import type { GuardedRoute } from "../router/guarded-route.ts";
import type { Route } from "../router/route.ts";
import type { SilentFile } from "./load-project.ts";

/** How many of each a project has. */
export interface ProjectCounts {
  readonly routes: number;
  readonly middleware: number;
  readonly templates: number;
  /** Whether there is a folder of files for everybody. */
  readonly hasFiles: boolean;
}

/** What a project turned out to hold, as its start says it: a folder with a wrong name shows as a zero. */
export function projectContents({ routes, middleware, templates, hasFiles }: ProjectCounts): string {
  const files = hasFiles ? "src/public" : "no src/public";
  return `${counted(routes, "route")}, ${middleware} middleware, ${counted(templates, "template")}, ${files}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Warnings of routes that name a template which is not there, or not yet. */
export function warningsOfTemplates(
  routes: readonly Route[],
  templates: { has(name: string): boolean },
): readonly string[] {
  return routes.flatMap(({ where, marks: { template } }) =>
    template === undefined || templates.has(template)
      ? []
      : [`${where} makes its page of ${template}, and src/templates has no such file.`],
  );
}

/** Warnings of route files that seem to register routes and did not. One that another file had loaded before has done so then. */
export function warningsOfSilence(silent: readonly SilentFile[], routes: readonly GuardedRoute[]): readonly string[] {
  return silent
    .filter(({ path }) => !routes.some(({ declaredAt }) => declaredAt.startsWith(`${path}:`)))
    .map(
      ({ file }) =>
        `${file} registers nothing. Call get(…), post(…) and others of tina4-ts at its top level: a function that it exports ` +
        "is not called, and what createApp() makes is another application.",
    );
}
