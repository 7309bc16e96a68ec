import type { AppOptions } from "../app/app-options.ts";
import { Application } from "../app/application.ts";
import { importFor } from "./current-application.ts";

/**
 * Makes an application of its own, apart from the default one that the module-level functions act on.
 *
 * @throws {Tina4Error} SETTING_INVALID, SECRET_WEAK and others, when something about the configuration is not safe to start with.
 * @example
 * ```ts
 * import { createApp } from "tina4-ts";
 * const app = createApp();
 * app.get("/hello", () => ({ hello: "world" }));
 * const answer = await app.dispatch({ path: "/hello", headers: { Host: "localhost" } });
 * answer.status; // 200
 * ```
 */
export function createApp(options: AppOptions = {}): Application {
  return make(options);
}

/** What makes an application. */
export type MakeApplication = (options: AppOptions) => Application;

let make: MakeApplication = makeToServe;

function makeToServe(options: AppOptions): Application {
  const application: Application = new Application(options, (url) => importFor(application, url));
  return application;
}

/**
 * Lets another make what a program asks `createApp` for: whoever only looks at a program does not want it to serve.
 *
 * @internal
 * @param instead Is handed what else would have made it.
 * @returns What undoes it.
 */
export function replaceCreateApp(instead: (options: AppOptions, usual: MakeApplication) => Application): () => void {
  make = (options) => instead(options, makeToServe);
  return () => {
    make = makeToServe;
  };
}
