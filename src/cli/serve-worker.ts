import { endProcess } from "./end-process.ts";
import { hideExpectedWarnings } from "./hide-expected-warnings.ts";
import { reportError } from "./report-error.ts";
import { type ServeOptions, serveProject } from "./serve-project.ts";

/** Else a project that starts no server would wait for ever for its supervisor. */
process.channel?.unref();

hideExpectedWarnings();
await serveProject(JSON.parse(process.argv[2] ?? "") as ServeOptions).catch((error: unknown) => {
  endProcess(reportError(error));
});
