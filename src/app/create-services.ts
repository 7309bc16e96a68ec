import { join } from "node:path";
import { Passwords } from "../auth/passwords.ts";
import { RefreshTokens } from "../auth/refresh-tokens.ts";
import { Revocations } from "../auth/revocations.ts";
import { SocketTickets } from "../auth/socket-tickets.ts";
import type { Settings } from "../config/settings.ts";
import { workersOf } from "../config/workers-of.ts";
import { deriveKey } from "../crypto/derive-key.ts";
import { FormTokens } from "../csrf/form-tokens.ts";
import { createLogger, type LogDestination } from "../log/create-logger.ts";
import type { LogFields, Logger } from "../log/logger.ts";
import type { Services } from "../middleware/services.ts";
import type { SessionStore } from "../session/session-store.ts";
import { Sessions } from "../session/sessions.ts";
import { AccessTokens } from "../tokens/access-tokens.ts";
import { FreshTokens } from "../tokens/fresh-tokens.ts";
import { loadOrCreateSecretFile } from "../tokens/secret-file.ts";
import { createSigningKeys, type SigningKeys } from "../tokens/signing-keys.ts";
import { TIE_CLAIMS } from "../tokens/tie-claims.ts";
import { UploadFolder } from "../uploads/upload-folder.ts";
import { OpenSockets } from "../websocket/open-sockets.ts";
import { endTies } from "./end-ties.ts";
import { SessionBackend } from "./session-backend.ts";

/** Where the signing key is kept when `SECRET` is not set, below the project's folder. */
const SECRET_FILE = "secrets/jwt.key";
const ANONYMOUS_KEY_LABEL = "tina4 anonymous id";

export interface ServiceSources {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly now: () => number;
  readonly monotonicNow: () => number;
  readonly logDestination: LogDestination | undefined;
}

/** What services are made of. */
interface Materials {
  readonly settings: Settings;
  readonly now: () => number;
  readonly log: Logger;
  readonly keys: SigningKeys;
  readonly store: SessionStore;
  readonly sockets: OpenSockets;
}

/**
 * Makes what an application works with, from its settings. The session backend has still to be opened.
 *
 * @throws {Tina4Error} SECRET_WEAK or KEY_FILE_UNUSABLE: without a good key nothing starts.
 */
export function createServices(
  settings: Settings,
  { root, now, monotonicNow, logDestination }: ServiceSources,
): { readonly services: Services; readonly sessionBackend: SessionBackend } {
  const secret = settings.SECRET ?? loadOrCreateSecretFile(join(root, SECRET_FILE));
  const keys = createSigningKeys({ secret, previous: settings.SECRET_PREVIOUS });
  const { TINA4_LOG_LEVEL: level, TINA4_LOG_FORMAT: format } = settings;
  const log = createLogger({ level, format, destination: logDestination, now });
  const store = new SessionBackend(log);
  const sockets = new OpenSockets({
    maxSockets: settings.TINA4_WS_MAX_SOCKETS,
    maxPerClient: settings.TINA4_WS_MAX_PER_CLIENT,
  });
  const materials = { settings, now, log, keys, store, sockets };
  const tokens = createTokens(materials);
  const anonymousKey = (of: string | Uint8Array): Uint8Array => deriveKey(of, ANONYMOUS_KEY_LABEL).export();
  const services: Services = {
    settings,
    now,
    monotonicNow,
    log,
    ...tokens,
    sessions: createSessions(materials, tokens, [anonymousKey(secret), ...settings.SECRET_PREVIOUS.map(anonymousKey)]),
    passwords: new Passwords({ concurrency: settings.TINA4_PASSWORD_CONCURRENCY, processes: workersOf(settings) }),
    uploads: new UploadFolder({ projectRoot: root }),
    sockets,
  };
  return { services, sessionBackend: store };
}

type Tokens = Pick<
  Services,
  "accessTokens" | "freshTokens" | "refreshTokens" | "revocations" | "socketTickets" | "formTokens"
>;

function createTokens(materials: Materials): Tokens {
  const { settings, now, log, keys, store } = materials;
  const revocations = settings.TINA4_TOKEN_REVOCATION ? createRevocations(materials) : undefined;
  const accessTokens = new AccessTokens({
    keys,
    expiresInMinutes: settings.TINA4_TOKEN_EXPIRES_IN,
    issuer: settings.TINA4_TOKEN_ISSUER,
    audience: settings.TINA4_TOKEN_AUDIENCE,
    earliestIssue: revocations && ((claims) => revocations.earliestIssue(claims)),
    now,
  });
  return {
    accessTokens,
    revocations,
    freshTokens: new FreshTokens({
      accessTokens,
      maxAgeMinutes: settings.TINA4_TOKEN_MAX_AGE,
      isRevoked: (claims) => revocations?.isRevoked(claims) ?? false,
      now,
    }),
    refreshTokens: new RefreshTokens({
      keys,
      store,
      accessTokens,
      revocations,
      accessMinutes: settings.TINA4_ACCESS_EXPIRES_IN,
      familyMinutes: settings.TINA4_REFRESH_EXPIRES_IN,
      onReuse: ({ subject, familyId }) =>
        log.warn({ subject, familyId }, "a refresh token came again after its use: its family was ended"),
      now,
    }),
    socketTickets: new SocketTickets({ keys, store, now }),
    formTokens: new FormTokens({
      keys,
      store,
      lifetimeSeconds: settings.TINA4_SESSION_LIFETIME,
      singleUse: settings.TINA4_CSRF_SINGLE_USE,
      now,
    }),
  };
}

function createRevocations({ settings, now, log, store, sockets }: Materials): Revocations {
  const { TINA4_TOKEN_EXPIRES_IN, TINA4_TOKEN_MAX_AGE, TINA4_ACCESS_EXPIRES_IN } = settings;
  return new Revocations({
    store,
    tokenSeconds: Math.max(TINA4_TOKEN_EXPIRES_IN, TINA4_TOKEN_MAX_AGE, TINA4_ACCESS_EXPIRES_IN) * 60,
    onRefreshError: (error) => log.error({ error }, "revoked tokens could not be learned from the session backend"),
    onNews: () => sockets.lookSoon(),
    now,
  });
}

function createSessions(
  { settings, now, log, store }: Materials,
  tokens: Tokens,
  [anonymousKey, ...previousAnonymousKeys]: readonly [Uint8Array, ...Uint8Array[]],
): Sessions {
  return new Sessions({
    store,
    anonymousKey,
    previousAnonymousKeys,
    lifetimeSeconds: settings.TINA4_SESSION_LIFETIME,
    maxAgeSeconds: settings.TINA4_SESSION_MAX_AGE,
    endTied: async (ties) => {
      for (const tie of ties) await endTies(tokens, { [TIE_CLAIMS.session]: tie });
    },
    onEvent: ({ kind, key, error }) => log.warn(sessionEventFields(key, error), `session ${kind}`),
    now,
  });
}

/** The key is a hash, and named so that the log does not take it for a secret. */
function sessionEventFields(key: string | undefined, error: unknown): LogFields {
  return {
    ...(key !== undefined && { record: key.slice(key.indexOf(":") + 1) }),
    ...(error !== undefined && { error }),
  };
}
