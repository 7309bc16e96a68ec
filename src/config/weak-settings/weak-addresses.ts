import { isAlwaysHttps } from "../is-always-https.ts";
import type { Settings } from "../settings.ts";
import { isLocalHost } from "./is-local-host.ts";
import { isWideNetwork } from "./is-wide-network.ts";
import type { WeakSetting } from "./weak-setting.ts";

/** What is weak about where the application listens and what it is called. */
export const WEAK_ADDRESSES: readonly WeakSetting[] = [
  {
    id: "T4-030",
    severity: "error",
    setting: "TINA4_DEBUG",
    title: "Debug is on",
    why: "Turn it off: whoever gets onto this machine sees the inside of errors, and /__tina4.",
    remedy: "Set TINA4_DEBUG=false, or start with tina4 serve --production.",
    isWeak: (settings) => settings.TINA4_DEBUG && !listensInDebug(settings),
  },
  {
    id: "T4-031",
    severity: "error",
    setting: "TINA4_HOST",
    title: "Debug is on and listens to the network",
    why: "Everybody in this network reaches an application in debug.",
    remedy: "Leave TINA4_HOST unset in debug: it is 127.0.0.1 then.",
    always: true,
    isWeak: listensInDebug,
  },
  {
    id: "T4-032",
    severity: "error",
    setting: "TINA4_ALLOWED_HOSTS",
    title: "Any Host is answered",
    why: "Links that are made from the Host lead wherever the one who asks has said.",
    remedy: "Set TINA4_PUBLIC_ORIGIN, or list the hosts in TINA4_ALLOWED_HOSTS.",
    isWeak: ({ TINA4_ALLOWED_HOSTS: hosts, TINA4_PUBLIC_ORIGIN: origin }) => hosts.length === 0 && origin === undefined,
  },
  {
    id: "T4-033",
    severity: "error",
    setting: "TINA4_PUBLIC_ORIGIN",
    title: "The public origin is not https",
    why: "Without an https origin cookies are not Secure and HSTS is not sent.",
    remedy: "Set TINA4_PUBLIC_ORIGIN to the https origin that browsers see.",
    isWeak: (settings) => !isAlwaysHttps(settings) && !asksProxies(settings) && namesHosts(settings),
  },
  {
    id: "T4-034",
    severity: "warning",
    setting: "TINA4_HSTS",
    title: "HSTS is not sent",
    why: "No browser is told to stay on HTTPS, so the first request can be caught on its way.",
    remedy: "Set TINA4_HSTS=31536000 once every host below the domain speaks HTTPS.",
    isWeak: (settings) =>
      (settings.TINA4_HSTS === undefined || /max-age=0\b/i.test(settings.TINA4_HSTS)) &&
      (isAlwaysHttps(settings) || asksProxies(settings)),
  },
  {
    id: "T4-035",
    severity: "warning",
    setting: "TINA4_TRUSTED_PROXIES",
    title: "Trusted proxies are a wide network",
    why: "Whoever has one of these addresses can claim to be any client.",
    remedy: "List the addresses of your own proxies, or the smallest network that holds them.",
    isWeak: ({ TINA4_TRUSTED_PROXIES: networks }) => networks.some(isWideNetwork),
  },
  {
    id: "T4-036",
    severity: "notice",
    setting: "TINA4_TRUSTED_ORIGINS",
    title: "Pages of other sites may write here",
    why: "A hole in these sites is a hole in this one: their pages may write here.",
    remedy: "Keep only origins that you run yourself.",
    isWeak: ({ TINA4_TRUSTED_ORIGINS: origins }) => origins.length > 0,
  },
];

function listensInDebug({ TINA4_DEBUG, TINA4_HOST }: Settings): boolean {
  return TINA4_DEBUG && !isLocalHost(TINA4_HOST);
}

/** Whether a proxy may say that a request came over HTTPS. */
function asksProxies({ TINA4_PUBLIC_ORIGIN, TINA4_TRUSTED_PROXIES: proxies }: Settings): boolean {
  return TINA4_PUBLIC_ORIGIN === undefined && proxies.length > 0;
}

/** Where neither an origin nor a host is named, that is what is said. */
function namesHosts({ TINA4_PUBLIC_ORIGIN: origin, TINA4_ALLOWED_HOSTS: hosts }: Settings): boolean {
  return origin !== undefined || hosts.length > 0;
}
