import { endProcess } from "./end-process.ts";
import { hideExpectedWarnings } from "./hide-expected-warnings.ts";
import { outliveClosedPipes } from "./outlive-closed-pipes.ts";
import { reportError } from "./report-error.ts";
import { type ServeOptions, serveProject } from "./serve-project.ts";

/** The parent may die without a word; its child must not go on listening. */
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();

hideExpectedWarnings();
outliveClosedPipes();
try {
  await serveProject(JSON.parse(process.argv[2] ?? "") as ServeOptions);
  process.send?.("serving");
} catch (error) {
  endProcess(reportError(error));
}
