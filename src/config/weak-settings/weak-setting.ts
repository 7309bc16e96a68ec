import type { SettingName, Settings } from "../settings.ts";

/** `error`: must not go to production. `warning`: probably not meant. `notice`: worth knowing. */
export type Severity = "error" | "warning" | "notice";

/** One way in which settings are weak where strangers can reach the application. */
export interface WeakSetting {
  /** Stable: programs and people refer to it. */
  readonly id: `T4-${number}`;
  readonly severity: Severity;
  /** The setting to look at. */
  readonly setting: SettingName;
  readonly title: string;
  /** What comes of it, in one sentence. */
  readonly why: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
  /** Also where nothing is deployed yet. */
  readonly always?: true;
  readonly isWeak: (settings: Settings) => boolean;
}
