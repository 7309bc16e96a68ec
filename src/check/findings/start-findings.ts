import { relative, sep } from "node:path";
import { WEAK_SETTINGS } from "../../config/weak-settings.ts";
import { Tina4Error } from "../../errors.ts";
import { errorPlace } from "../../typescript/error-place.ts";
import type { Finding, Place, Sighting } from "../finding.ts";
import type { Project } from "../project.ts";

/** These faults of a start are findings of their own. */
const OWN_FINDINGS: readonly string[] = ["MIDDLEWARE_UNKNOWN", "RUNTIME_UNSAFE"];
const FILE_AND_LINE = /([^\s(]+\.m?[jt]s):(\d+)/;

/** What keeps a project from starting, and what its start warns of. */
export const START_FINDINGS: readonly Finding[] = [
  {
    id: "T4-001",
    severity: "error",
    stage: "always",
    title: "The project does not start",
    why: "Nothing is served until this is mended, and nothing else about routes and templates can be looked at.",
    remedy: "Do as the message says.",
    look: (project) => (OWN_FINDINGS.includes(codeOf(project.fault)) ? [] : faultSightings(project)),
  },
  {
    id: "T4-002",
    severity: "error",
    stage: "always",
    title: "A list names middleware that does not exist",
    why: "The project does not start, so that no route is without its guard by a typing mistake.",
    remedy: "Export middleware of this name from src/middleware, or correct the name.",
    look: (project) => (codeOf(project.fault) === "MIDDLEWARE_UNKNOWN" ? faultSightings(project) : []),
  },
  {
    id: "T4-003",
    severity: "warning",
    stage: "always",
    title: "A variable is no setting",
    why: "What it was meant to set keeps its default.",
    remedy: "Correct the name, or remove the variable.",
    look: ({ configuration }) => (configuration?.unknownNames ?? []).map(settingSighting),
  },
  {
    id: "T4-004",
    severity: "warning",
    stage: "always",
    title: "A setting does not do what it seems to",
    why: "Two settings do not go together, so one of them has no effect or less than it was meant to have.",
    remedy: "Do as the message says.",
    look: (project) => startWarnings(project).map(settingSighting),
  },
];

function codeOf(fault: unknown): string {
  return fault instanceof Tina4Error ? fault.code : "";
}

function faultSightings(project: Project): readonly Sighting[] {
  const { fault, root } = project;
  if (fault === undefined) return [];
  const message = (fault instanceof Error ? fault.message : String(fault)).replaceAll(root + sep, "");
  if (codeOf(fault).startsWith("SETTING_")) return message.split("\n").map(settingSighting);
  return [{ seen: message, where: namedPlace(message) ?? stackPlace(fault, root) }];
}

function namedPlace(message: string): Place | undefined {
  const [, file, line] = FILE_AND_LINE.exec(message) ?? [];
  return file === undefined ? undefined : { file: file.split(sep).join("/"), line: Number(line) };
}

function stackPlace(fault: unknown, root: string): Place {
  const cause = fault instanceof Error ? fault.cause : undefined;
  const place = errorPlace(cause, (file) => file.startsWith(root + sep));
  if (place === undefined) return { thing: "start" };
  return { file: relative(root, place.file).split(sep).join("/"), line: place.line };
}

/** Such messages begin with the name, and say in brackets where it was set. */
function settingSighting(message: string): Sighting {
  const [, setting, source = "settings"] = /^([A-Z][A-Z0-9_]+)\b(?:.*\(([^()]+)\))?/s.exec(message) ?? [];
  return { seen: message, where: setting === undefined ? { thing: source } : { setting, source } };
}

/** What a start warns of, without what has a finding of its own. */
function startWarnings({ configuration, isDeploy }: Project): readonly string[] {
  if (configuration === undefined) return [];
  const { settings, warnings, unknownNames } = configuration;
  const weak = WEAK_SETTINGS.filter(({ always, isWeak }) => (always || isDeploy) && isWeak(settings));
  return warnings
    .filter((warning) => !unknownNames.includes(warning))
    .filter((warning) => !weak.some(({ setting }) => warning.startsWith(`${setting} `)));
}
