import { fileURLToPath } from "node:url";
import type { Logger } from "../log/logger.ts";
import type { ProvidedFile } from "../static-files/static-files.ts";

/** Beside both `src/` and `dist/`. */
const FOLDER = new URL("../../dist/browser/", import.meta.url);
const FILE = "frond.min.js";

/** The browser script of the package, at `/js/frond.min.js`. */
export function frondScript(log: Logger): ProvidedFile {
  let isReported = false;
  return {
    names: ["js", FILE],
    folder: fileURLToPath(FOLDER),
    file: FILE,
    onMissing: () => {
      if (isReported) return;
      isReported = true;
      log.error(
        `/js/${FILE} was asked for, and the package tina4-ts lacks dist/browser/${FILE}. Install it anew, or build it: npm run build`,
      );
    },
  };
}
