import type { WeakSetting } from "../../config/weak-settings/weak-setting.ts";
import { settingLines } from "../../debug/setting-line.ts";
import type { Finding } from "../finding.ts";

/** What is weak about a setting, as a finding. Of settings that cannot be read nothing is said: that they cannot is one. */
export function settingFinding({ setting, isWeak, always, ...text }: WeakSetting): Finding {
  return {
    ...text,
    stage: always ? "always" : "deploy",
    look: ({ configuration }) => {
      if (configuration === undefined || !isWeak(configuration.settings)) return [];
      const { settings, sources } = configuration;
      const seen = settingLines(settings, sources).find(({ name }) => name === setting)?.value ?? "";
      return [{ seen, where: { setting, source: sources[setting] } }];
    },
  };
}
