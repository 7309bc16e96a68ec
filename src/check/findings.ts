import { WEAK_SETTINGS } from "../config/weak-settings.ts";
import type { Finding } from "./finding.ts";
import { FILE_MODE_FINDINGS } from "./findings/file-mode-findings.ts";
import { KEPT_FILE_FINDINGS } from "./findings/kept-file-findings.ts";
import { LOGIN_FINDINGS } from "./findings/login-findings.ts";
import { MACHINE_FINDINGS } from "./findings/machine-findings.ts";
import { MIGRATION_FINDINGS } from "./findings/migration-findings.ts";
import { PUBLIC_WRITE_FINDINGS } from "./findings/public-write-findings.ts";
import { SECRET_FINDINGS } from "./findings/secret-findings.ts";
import { settingFinding } from "./findings/setting-finding.ts";
import { SOURCE_FINDINGS } from "./findings/source-findings.ts";
import { START_FINDINGS } from "./findings/start-findings.ts";
import { TEMPLATE_FINDINGS } from "./findings/template-findings.ts";

/** Everything that `tina4 check` looks for in a project, in the order of the ids. */
export const FINDINGS: readonly Finding[] = [
  ...START_FINDINGS,
  ...TEMPLATE_FINDINGS,
  ...PUBLIC_WRITE_FINDINGS,
  ...SOURCE_FINDINGS,
  ...KEPT_FILE_FINDINGS,
  ...SECRET_FINDINGS,
  ...WEAK_SETTINGS.map(settingFinding),
  ...MACHINE_FINDINGS,
  ...FILE_MODE_FINDINGS,
  ...MIGRATION_FINDINGS,
  ...LOGIN_FINDINGS,
].sort((one, other) => (one.id < other.id ? -1 : 1));
