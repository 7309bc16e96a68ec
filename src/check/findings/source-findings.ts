import { cspDirectives } from "../../config/weak-settings/csp-directives.ts";
import type { Finding, Sighting } from "../finding.ts";
import type { Project } from "../project.ts";
import { callsOf } from "../source/code-of.ts";
import { methodCalls } from "../source/method-calls.ts";
import type { Token } from "../source/tokenize.ts";

/** What the sources of a project do that is hardly meant. */
export const SOURCE_FINDINGS: readonly Finding[] = [
  {
    id: "T4-010",
    severity: "warning",
    stage: "always",
    title: "A form may lead to another site, which the CSP forbids",
    why: "Browsers apply form-action to the redirect that answers a form, so the visitor is stuck on the page.",
    remedy: "Add the other origin to form-action in TINA4_CSP, or show a page with a link.",
    look: (project) => (namesForeignTarget(project) ? [] : inSources(project, foreignRedirects)),
  },
  {
    id: "T4-011",
    severity: "warning",
    stage: "always",
    title: "A token is read without being checked",
    why: "What getPayload gives was not verified: whoever writes a token by hand is whoever it says.",
    remedy: "Use Auth.validToken, or request.user behind .secure().",
    look: (project) =>
      inSources(project, (tokens) =>
        methodCalls(tokens, "Auth", "getPayload").map((token) => ({ token, seen: "Auth.getPayload(…)" })),
      ),
  },
  {
    id: "T4-017",
    severity: "notice",
    stage: "always",
    title: "A source file was not looked through",
    why: "It is over one megabyte or could not be read as code, so what it does is unknown to this command.",
    remedy: "Look through it by hand.",
    look: ({ sources }) =>
      sources.filter(({ tokens }) => tokens === undefined).map(({ file }) => ({ seen: "not read", where: { file } })),
  },
];

interface Found {
  readonly token: Token;
  readonly seen: string;
}

function inSources({ sources }: Project, find: (tokens: readonly Token[]) => readonly Found[]): readonly Sighting[] {
  return sources.flatMap(({ file, tokens = [] }) =>
    find(tokens).map(({ token, seen }) => ({ seen, where: { file, line: token.line } })),
  );
}

/** Whether forms may lead somewhere else than here. */
function namesForeignTarget({ configuration }: Project): boolean {
  const policy = configuration?.settings.TINA4_CSP;
  const targets = policy === undefined ? ["'self'"] : cspDirectives(policy).get("form-action");
  return targets === undefined || targets.some((target) => !/^'(?:self|none)'$/i.test(target));
}

/** `{ external: true }` anywhere but in a route that is read: what answers a GET is no form. */
function foreignRedirects(tokens: readonly Token[]): readonly Found[] {
  const reading = new Set(callsOf(tokens, ["get", "head"]).flat());
  return tokens
    .filter((token, at) => token.text === "external" && tokens[at + 1]?.text === ":" && tokens[at + 2]?.text === "true")
    .filter((token) => !reading.has(token))
    .map((token) => ({ token, seen: "a redirect with { external: true }" }));
}
