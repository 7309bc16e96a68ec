import { WEAK_ADDRESSES } from "./weak-settings/weak-addresses.ts";
import { WEAK_HEADERS } from "./weak-settings/weak-headers.ts";
import { WEAK_KEYS } from "./weak-settings/weak-keys.ts";
import { WEAK_REQUESTS } from "./weak-settings/weak-requests.ts";
import type { WeakSetting } from "./weak-settings/weak-setting.ts";
import { WEAK_STORES } from "./weak-settings/weak-stores.ts";

/**
 * Everything about settings that is weak in production. `/__tina4` shows it to whoever develops, `tina4 check` to whoever deploys.
 */
export const WEAK_SETTINGS: readonly WeakSetting[] = [
  ...WEAK_KEYS,
  ...WEAK_ADDRESSES,
  ...WEAK_HEADERS,
  ...WEAK_REQUESTS,
  ...WEAK_STORES,
];
