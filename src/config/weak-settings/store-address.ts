import type { Settings } from "../settings.ts";
import { isLocalHost } from "./is-local-host.ts";

/** These say in a URL that the connection is encrypted. */
const TLS_SCHEME = /^(?:rediss|mongodb\+srv):/;
const TLS_PARAMETER = /^(?:sslmode=(?:require|verify-ca|verify-full)|(?:ssl|tls)=(?:true|1|\{.*\}))$/i;

/** How another program that keeps data of ours is reached. */
export interface StoreAddress {
  /** Whether what is sent there crosses a network. */
  readonly isRemote: boolean;
  readonly isEncrypted: boolean;
  readonly password: string;
}

/** The server of the database; nothing where that is a file. */
export function databaseAddress({ TINA4_DATABASE_URL: url }: Settings): StoreAddress | undefined {
  return url.startsWith("sqlite:") ? undefined : addressIn(url);
}

/** The server of the sessions; nothing where they are in files or in memory. */
export function sessionAddress(settings: Settings): StoreAddress | undefined {
  const { TINA4_SESSION_BACKEND: backend, TINA4_SESSION_URL: url, TINA4_SESSION_HOST: host } = settings;
  if (backend === "file" || backend === "memory") return undefined;
  if (url !== undefined) return addressIn(url);
  return {
    isRemote: !isLocalHost(host),
    isEncrypted: false,
    password: settings.TINA4_SESSION_PASSWORD ?? "",
  };
}

/** The server of the counters; nothing where they are in memory. */
export function rateAddress(settings: Settings): StoreAddress | undefined {
  return settings.TINA4_RATE_BACKEND === "redis" ? addressIn(settings.TINA4_RATE_URL) : undefined;
}

/** By its text: a URL of several hosts is none for `URL`. */
function addressIn(url: string): StoreAddress {
  const [, user = "", hosts = "", query = ""] = /^[^:]+:\/\/(?:([^@]*)@)?([^/?]*)[^?]*\??(.*)$/s.exec(url) ?? [];
  const password = user.slice(user.indexOf(":") + 1);
  return {
    isRemote: hosts.split(",").some((host) => host !== "" && !isLocalHost(host.replace(/:\d+$/, ""))),
    isEncrypted: TLS_SCHEME.test(url) || query.split("&").some((parameter) => TLS_PARAMETER.test(parameter)),
    password: user.includes(":") ? password : (/(?:^|&)password=([^&]*)/i.exec(query)?.[1] ?? ""),
  };
}
