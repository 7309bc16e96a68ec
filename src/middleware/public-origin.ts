import type { Settings } from "../config/settings.ts";
import type { Request } from "../http/request.ts";

/** Where browsers find the application: at the origin that the settings name, else at the host that this request asks. */
export function publicOrigin(request: Request, settings: Settings): string {
  return settings.TINA4_PUBLIC_ORIGIN ?? `${request.protocol}://${request.host.toLowerCase()}`;
}
