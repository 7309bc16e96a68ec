import { cspDirectives } from "../../config/weak-settings/csp-directives.ts";
import { isLocalHost } from "../../config/weak-settings/is-local-host.ts";
import type { Answer } from "./ask-over-http.ts";
import { inAnswers, type ProbeFinding } from "./probe-finding.ts";

const MIN_POLICY = ["frame-ancestors", "base-uri", "form-action"];

/** Which of the protective headers an answer of a server lacks. */
export const HEADER_PROBES: readonly ProbeFinding[] = [
  {
    id: "T4-102",
    severity: "error",
    title: "Answers have no Content-Security-Policy",
    why: "A script that somebody gets into a page runs.",
    remedy: "Let the proxy in front keep the header, on errors too.",
    look: wherever("content-security-policy", () => true),
  },
  {
    id: "T4-103",
    severity: "warning",
    title: "The Content-Security-Policy leaves out what the default one has",
    why: "For base-uri, form-action and frame-ancestors default-src does not stand in, so these are open.",
    remedy: "Add base-uri 'none'; form-action 'self'; frame-ancestors 'self' to TINA4_CSP.",
    look: ({ answers }) => inAnswers(answers, ({ headers }) => incomplete(headers["content-security-policy"])),
  },
  {
    id: "T4-104",
    severity: "error",
    title: "Answers have no X-Content-Type-Options",
    why: "Browsers guess what a file is, and take an upload for a page.",
    remedy: "Let the proxy in front keep X-Content-Type-Options: nosniff.",
    look: wherever("x-content-type-options", (value) => value === "nosniff"),
  },
  {
    id: "T4-105",
    severity: "warning",
    title: "Answers have no X-Frame-Options",
    why: "Browsers that know no frame-ancestors show the pages inside of other sites, where clicks can be stolen.",
    remedy: "Let the proxy in front keep X-Frame-Options.",
    look: wherever("x-frame-options", (value) => /^(?:deny|sameorigin)$/i.test(value)),
  },
  {
    id: "T4-106",
    severity: "warning",
    title: "Answers have no strict Referrer-Policy",
    why: "Other sites may learn the whole address of the page that a visitor comes from.",
    remedy: "Let the proxy in front keep Referrer-Policy.",
    look: wherever("referrer-policy", (value) => !/unsafe-url|when-downgrade/.test(value)),
  },
  {
    id: "T4-107",
    severity: "notice",
    title: "Answers have no Permissions-Policy",
    why: "A script that somebody gets into a page may ask for camera, microphone and place.",
    remedy: "Let the proxy in front keep Permissions-Policy.",
    look: wherever("permissions-policy", () => true),
  },
  {
    id: "T4-108",
    severity: "notice",
    title: "X-XSS-Protection is not 0",
    why: "The filter that it switches on in old browsers can be turned against the page.",
    remedy: "Let the proxy in front keep X-XSS-Protection: 0.",
    look: wherever("x-xss-protection", (value) => value === "0"),
  },
  {
    id: "T4-109",
    severity: "error",
    title: "HSTS is not sent",
    why: "No browser is told to stay on HTTPS, so the first request can be caught on its way.",
    remedy: "Set TINA4_HSTS=31536000.",
    look: (server) =>
      server.origin.protocol === "https:"
        ? wherever("strict-transport-security", (value) => !/max-age=0\b/i.test(value))(server)
        : [],
  },
  {
    id: "T4-110",
    severity: "error",
    title: "The address is not https",
    why: "Whoever is on the way reads and changes everything.",
    remedy: "Serve it over HTTPS, and give its https origin to this command.",
    look: ({ origin }) =>
      origin.protocol === "https:" || isLocalHost(origin.hostname)
        ? []
        : [{ seen: "http", where: { thing: origin.origin } }],
  },
  {
    id: "T4-111",
    severity: "warning",
    title: "Answers say which software made them",
    why: "Whoever looks for a hole in it finds the server by this.",
    remedy: "Let the proxy in front remove Server and X-Powered-By.",
    look: ({ answers }) =>
      inAnswers(answers, ({ headers }) => {
        const told = ["server", "x-powered-by"].filter((name) => headers[name] !== undefined);
        return told.length === 0 ? undefined : told.map((name) => `${name}: ${headers[name]}`).join(", ");
      }),
  },
];

/**
 * Met where an answer has no such header, or has it with another value. No browser sends TRACE, and a proxy refuses it by itself: what
 * stands beside that refusal protects nobody.
 */
function wherever(name: string, isGood: (value: string) => boolean): ProbeFinding["look"] {
  const problemOf = ({ question, headers }: Answer): string | undefined => {
    if (question.method === "TRACE") return undefined;
    const value = headers[name];
    if (value === undefined) return "missing";
    return isGood(String(value)) ? undefined : String(value);
  };
  return ({ answers, writes }) => inAnswers([...answers, ...writes], problemOf);
}

function incomplete(policy: string | string[] | undefined): string | undefined {
  if (policy === undefined) return undefined;
  const directives = cspDirectives(String(policy));
  const missing = MIN_POLICY.filter((name) => !directives.has(name));
  return missing.length === 0 ? undefined : `no ${missing.join(", no ")}`;
}
