import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkProject } from "../check/check-project.ts";
import { type CheckReport, checkReport, type Met } from "../check/check-report.ts";
import { checkServer } from "../check/check-server.ts";
import { thisMachine } from "../check/machine.ts";
import { askOverHttp } from "../check/probe/ask-over-http.ts";
import type { LoadedApplication } from "../check/project.ts";
import { reportJson } from "../check/report-json.ts";
import { reportText } from "../check/report-text.ts";
import { guardAnswer } from "./guard-answer.ts";
import { ENTRY_FILES } from "./import-entry.ts";
import { loadApplication } from "./load-application.ts";
import { paint } from "./paint.ts";
import { UsageError } from "./usage-error.ts";

export interface CheckFlags {
  readonly deploy: boolean | undefined;
  readonly json: boolean | undefined;
  readonly url: string | undefined;
}

/** Looks for what is not fit in the project of the current folder, or in the answers of a server that runs. */
export async function check({ deploy = false, json = false, url }: CheckFlags): Promise<number> {
  const origin = url === undefined ? undefined : originOf(url);
  const load = loadedOnce(process.cwd());
  const unguard = guardAnswer();
  const parts: Part[] = [];
  try {
    if (origin === undefined || deploy) parts.push(await checkHere(deploy, load));
    if (origin !== undefined) parts.push(await checkThere(origin, load));
  } finally {
    unguard();
  }
  const report = checkReport(
    parts.reduce((sum, { checked }) => sum + checked, 0),
    parts.flatMap(({ findings }) => findings),
  );
  print(report, json);
  return report.counts.error > 0 ? 1 : 0;
}

interface Part {
  readonly checked: number;
  readonly findings: readonly Met[];
}

type Load = () => Promise<LoadedApplication>;

/** A file of a project runs once in a process, so loading it again would find less. */
function loadedOnce(root: string): Load {
  let loaded: Promise<LoadedApplication> | undefined;
  return () => {
    loaded ??= loadApplication(root);
    return loaded;
  };
}

function checkHere(isDeploy: boolean, load: Load): Promise<Part> {
  return checkProject({ root: process.cwd(), isDeploy, machine: thisMachine(), load });
}

/** Outside of a project, and where that does not start, its writes are not known. */
async function checkThere(origin: URL, load: Load): Promise<Part> {
  const isProject = ["src/routes", ...ENTRY_FILES].some((name) => existsSync(join(process.cwd(), name)));
  const loaded = isProject ? await load().catch(() => undefined) : undefined;
  const application = loaded?.application;
  if (application === undefined) {
    process.stderr.write("There is no project here that starts, so no write of the server is tried without a token.\n");
  }
  try {
    return await checkServer(origin, askOverHttp(origin), application);
  } finally {
    await application?.close();
  }
}

function print(report: CheckReport, json: boolean): void {
  const { stdout } = process;
  stdout.write(json ? reportJson(report) : reportText(report, (style, text) => paint(style, text, stdout)));
}

function originOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (!isOrigin) throw new UsageError("--url is followed by an origin, as https://shop.example, without a path.");
  return url;
}
