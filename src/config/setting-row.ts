import type { Bounds } from "./setting-kind.ts";
import type { KindName } from "./setting-kinds.ts";

/** One row of the table of settings. */
export interface SettingRow extends Bounds {
  readonly kind: KindName;
  /** Without one the setting is `undefined` unless it is set. */
  readonly default?: string | number | boolean | readonly string[];
  /** Stands in for `default` while `TINA4_DEBUG` is on. */
  readonly debugDefault?: string;
  /** A second name of the same setting. */
  readonly alias?: string;
  /** Its value is shown in no message. */
  readonly secret?: true;
  /** Programs read it in `process.env` as well: it is added there from the files, as their own variables are. */
  readonly shared?: true;
  /** One line for the reference, in Markdown. */
  readonly meaning: string;
}
