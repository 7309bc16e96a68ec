import type { SettingName, Settings } from "../settings.ts";
import { isLocalHost } from "./is-local-host.ts";

/** These say in a URL that the connection is encrypted. */
const TLS_SCHEME = /^(?:rediss|mongodb\+srv):/;
const TLS_PARAMETER = /^(?:sslmode=(?:require|verify-ca|verify-full)|(?:ssl|tls)=(?:true|1|\{.*\}))$/i;

/** How another program that keeps data of ours is reached. */
export interface StoreAddress {
  readonly setting: SettingName;
  /** Whether what is sent there crosses a network. */
  readonly isRemote: boolean;
  readonly isEncrypted: boolean;
  readonly password: string;
}

/** The server of the database; nothing where that is a file. */
export function databaseAddress({ TINA4_DATABASE_URL: url }: Settings): StoreAddress | undefined {
  return url.startsWith("sqlite:") ? undefined : addressIn("TINA4_DATABASE_URL", url);
}

/** The server of the sessions; nothing where they are in files or in memory. */
export function sessionAddress(settings: Settings): StoreAddress | undefined {
  const { TINA4_SESSION_BACKEND: backend, TINA4_SESSION_URL: url, TINA4_SESSION_HOST: host } = settings;
  if (backend === "file" || backend === "memory") return undefined;
  if (url !== undefined) return addressIn("TINA4_SESSION_URL", url);
  return {
    setting: "TINA4_SESSION_HOST",
    isRemote: !isLocalHost(host),
    isEncrypted: false,
    password: settings.TINA4_SESSION_PASSWORD ?? "",
  };
}

/** The server of the counters; nothing where they are in memory. */
export function rateAddress(settings: Settings): StoreAddress | undefined {
  return settings.TINA4_RATE_BACKEND === "redis" ? addressIn("TINA4_RATE_URL", settings.TINA4_RATE_URL) : undefined;
}

/** A URL that cannot be read, as one of several hosts, is looked at by its text. */
function addressIn(setting: SettingName, url: string): StoreAddress {
  const [, user = "", hosts = "", query = ""] = /^[^:]+:\/\/(?:([^@]*)@)?([^/?]*)[^?]*\??(.*)$/s.exec(url) ?? [];
  const password = user.slice(user.indexOf(":") + 1);
  return {
    setting,
    isRemote: hosts.split(",").some((host) => host !== "" && !isLocalHost(host.replace(/:\d+$/, ""))),
    isEncrypted: TLS_SCHEME.test(url) || query.split("&").some((parameter) => TLS_PARAMETER.test(parameter)),
    password: user.includes(":") ? password : (/(?:^|&)password=([^&]*)/i.exec(query)?.[1] ?? ""),
  };
}
