import type { Passwords } from "../auth/passwords.ts";
import type { RefreshTokens } from "../auth/refresh-tokens.ts";
import type { Revocations } from "../auth/revocations.ts";
import type { SocketTickets } from "../auth/socket-tickets.ts";
import type { Settings } from "../config/settings.ts";
import type { FormTokens } from "../csrf/form-tokens.ts";
import type { Logger } from "../log/logger.ts";
import type { Sessions } from "../session/sessions.ts";
import type { AccessTokens } from "../tokens/access-tokens.ts";
import type { FreshTokens } from "../tokens/fresh-tokens.ts";
import type { UploadFolder } from "../uploads/upload-folder.ts";
import type { OpenSockets } from "../websocket/open-sockets.ts";

/** What an application gives the steps of its lifecycle to work with. */
export interface Services {
  readonly settings: Settings;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds since any moment, that never go back: for durations. */
  readonly monotonicNow: () => number;
  readonly accessTokens: AccessTokens;
  readonly freshTokens: FreshTokens;
  readonly refreshTokens: RefreshTokens;
  readonly revocations: Revocations | undefined;
  readonly socketTickets: SocketTickets;
  readonly formTokens: FormTokens;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly uploads: UploadFolder;
  /** The WebSockets that are open. */
  readonly sockets: OpenSockets;
}
