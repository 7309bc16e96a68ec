import type { SettingName, Settings } from "../config/settings.ts";
import { WEAK_SETTINGS } from "../config/weak-settings.ts";

/** Says what is weak about a setting in production; nothing where it is not. */
export function settingDoubt(name: SettingName, settings: Settings): string | undefined {
  return WEAK_SETTINGS.find(({ setting, isWeak }) => setting === name && isWeak(settings))?.why;
}
