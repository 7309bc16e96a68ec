import { isAlwaysHttps } from "../is-always-https.ts";
import { cspDirectives } from "./csp-directives.ts";
import type { WeakSetting } from "./weak-setting.ts";

/** What `default-src` does not stand in for. */
const NOT_BY_DEFAULT = ["base-uri", "form-action", "frame-ancestors"];
const ANY_SITE = /^(?:\*|https?:|https?:\/\/\*|data:)$/i;
const UNSAFE = /^'unsafe-(?:inline|eval|hashes)'$/i;

/** What is weak about the headers that tell browsers what a page may do. */
export const WEAK_HEADERS: readonly WeakSetting[] = [
  {
    id: "T4-016",
    severity: "error",
    setting: "TINA4_REFERRER_POLICY",
    title: "Own forms cannot be told from foreign ones",
    why: "With no-referrer and without HTTPS browsers send neither Sec-Fetch-Site nor a usable Origin, so own forms are refused.",
    remedy: "Use same-origin, or set TINA4_PUBLIC_ORIGIN to an https origin.",
    always: true,
    isWeak: (settings) => settings.TINA4_REFERRER_POLICY === "no-referrer" && !isAlwaysHttps(settings),
  },
  {
    id: "T4-045",
    severity: "warning",
    setting: "TINA4_CSP",
    title: "The CSP allows inline code",
    why: "It lets in what it is there to keep out: a script that somebody got into a page runs.",
    remedy:
      "Remove 'unsafe-inline' and 'unsafe-eval', and print {{ csp_nonce() }} where a page needs an inline script.",
    isWeak: ({ TINA4_CSP }) => hasSource(TINA4_CSP, (_name, source) => UNSAFE.test(source)),
  },
  {
    id: "T4-046",
    severity: "warning",
    setting: "TINA4_CSP",
    title: "The CSP allows every site",
    why: "A page may load from, or send to, whichever site somebody got into it.",
    remedy: "Name the origins that pages need in place of * and https:.",
    isWeak: ({ TINA4_CSP }) =>
      hasSource(TINA4_CSP, (name, source) => name !== "frame-ancestors" && isAnySite(name, source)),
  },
  {
    id: "T4-047",
    severity: "warning",
    setting: "TINA4_CSP",
    title: "Every site may frame the pages",
    why: "Where frame-ancestors is open browsers ignore X-Frame-Options, and clicks can be stolen.",
    remedy: "Write frame-ancestors 'self', or name the sites that may.",
    isWeak: ({ TINA4_CSP }) =>
      hasSource(TINA4_CSP, (name, source) => name === "frame-ancestors" && ANY_SITE.test(source)),
  },
  {
    id: "T4-048",
    severity: "warning",
    setting: "TINA4_CSP",
    title: "The CSP leaves out what the default one has",
    why: "For base-uri, form-action and frame-ancestors default-src does not stand in, so these are open.",
    remedy: "Add base-uri 'none'; form-action 'self'; frame-ancestors 'self'.",
    isWeak: ({ TINA4_CSP }) =>
      TINA4_CSP !== undefined && NOT_BY_DEFAULT.some((name) => !cspDirectives(TINA4_CSP).has(name)),
  },
  {
    id: "T4-049",
    severity: "warning",
    setting: "TINA4_REFERRER_POLICY",
    title: "Other sites learn whole addresses",
    why: "Other sites learn the whole address of the page that a visitor comes from, with its query.",
    remedy: "Leave TINA4_REFERRER_POLICY at strict-origin-when-cross-origin.",
    isWeak: ({ TINA4_REFERRER_POLICY }) => TINA4_REFERRER_POLICY === "unsafe-url",
  },
];

function hasSource(policy: string | undefined, matches: (name: string, source: string) => boolean): boolean {
  if (policy === undefined) return false;
  return [...cspDirectives(policy)].some(([name, sources]) => sources.some((source) => matches(name, source)));
}

/** Pictures and fonts of just any place, and data: for them, do no harm that a policy could prevent. */
function isAnySite(name: string, source: string): boolean {
  const isHarmless = /^(?:img|font|media)-src$/.test(name) && !source.includes("*");
  return ANY_SITE.test(source) && !isHarmless;
}
