import type { LoadedApplication } from "../check/project.ts";
import { createApp, replaceCreateApp } from "../global/create-app.ts";
import { makeDefault } from "../global/current-application.ts";
import { importEntry } from "./import-entry.ts";
import { newSecret } from "./new-secret.ts";

/** What is kept elsewhere would have to be reached. */
const ALONE = { TINA4_RATE_BACKEND: "memory", TINA4_SESSION_BACKEND: "memory", TINA4_WORKERS: 1 };

/**
 * Loads the project in a folder to look at it: nothing listens, nothing is logged, no key file is made
 * and no server is asked, also where its program makes an application of its own.
 *
 * @throws {Tina4Error} whatever would keep the project from starting.
 */
export async function loadApplication(root: string): Promise<LoadedApplication> {
  const settings = { SECRET: newSecret(), TINA4_LOG_LEVEL: "silent", ...ALONE };
  let undo = (): void => {};
  const listening = new Promise<LoadedApplication>((resolve) => {
    undo = replaceCreateApp((options, usual) => {
      const application = usual({ ...options, settings: { ...options.settings, ...settings } });
      application.listen = () => {
        resolve({ application, ownSettings: options.settings ?? {} });
        return new Promise(() => {}); // run() never returns, as it would where the project stops
      };
      return application;
    });
  });
  try {
    const application = createApp({ root });
    makeDefault(application);
    const imported = importEntry(root).then(() => ({ application, ownSettings: {} }));
    const loaded = await Promise.race([imported, listening]);
    await loaded.application.ready();
    return loaded;
  } finally {
    undo();
  }
}
