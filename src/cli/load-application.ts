import { randomBytes } from "node:crypto";
import type { Application } from "../app/application.ts";
import { createApp } from "../global/create-app.ts";
import { makeDefault } from "../global/current-application.ts";
import { importEntry } from "./import-entry.ts";

const SECRET_BYTES = 32;
/** Nothing is kept in another place, and no server is asked. */
const ALONE = { TINA4_SESSION_BACKEND: "memory", TINA4_RATE_BACKEND: "memory", TINA4_WORKERS: 1 } as const;

/**
 * Loads the project in a folder to look at it: nothing listens, nothing is logged, no key file is made
 * and no server is asked.
 *
 * @throws {Tina4Error} whatever would keep the project from starting.
 */
export async function loadApplication(root: string): Promise<Application> {
  const secret = randomBytes(SECRET_BYTES).toString("hex");
  const settings = { SECRET: secret, TINA4_LOG_LEVEL: "silent", ...ALONE };
  const application = createApp({ root, settings });
  const wantsToListen = new Promise<void>((resolve) => {
    application.listen = () => {
      resolve();
      return new Promise(() => {}); // run() never returns, as it would where the project stops
    };
  });
  makeDefault(application);
  await Promise.race([importEntry(root), wantsToListen]);
  await application.ready();
  return application;
}
