import type { Severity } from "../config/weak-settings/weak-setting.ts";
import type { Project } from "./project.ts";

/** What is said about a finding, wherever it is met. */
export interface FindingText {
  /** Stable: programs and people refer to it. */
  readonly id: `T4-${number}`;
  readonly severity: Severity;
  readonly title: string;
  /** What comes of it, in one sentence. */
  readonly why: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
}

/** One way in which a project is not fit, and how to see it. */
export interface Finding extends FindingText {
  /** `deploy`: what only production needs. */
  readonly stage: "always" | "deploy";
  readonly look: (project: Project) => readonly Sighting[] | Promise<readonly Sighting[]>;
}

/** One place where a finding was met. */
export interface Sighting {
  /** What is there; never a secret. */
  readonly seen: string;
  readonly where: Place;
}

/** A place in a file of the project, a setting with its source, or something else that has a name. */
export type Place =
  | { readonly file: string; readonly line?: number; readonly column?: number }
  | { readonly setting: string; readonly source: string }
  | { readonly thing: string };

/** `src/routes/login.ts:3:1`, `TINA4_DEBUG (.env, line 3)`, `Node.js` */
export function placeText(place: Place): string {
  if ("setting" in place) return `${place.setting} (${place.source})`;
  if ("thing" in place) return place.thing;
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(":");
}
