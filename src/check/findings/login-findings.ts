import type { MiddlewareEntry } from "../../pipeline/middleware.ts";
import type { Finding, Sighting } from "../finding.ts";
import type { Project } from "../project.ts";
import { type PublicWrite, publicWrites } from "../public-writes.ts";
import { codeOf } from "../source/code-of.ts";
import { isMark, methodCalls } from "../source/method-calls.ts";
import type { Token } from "../source/tokenize.ts";

/** What public writes do in their own files that needs another guard. */
export const LOGIN_FINDINGS: readonly Finding[] = [
  {
    id: "T4-080",
    severity: "warning",
    stage: "deploy",
    title: "A route that is open to other sites uses the session",
    why: "Behind .crossSite() the session is empty and cannot be written, so this never does what it says.",
    remedy: "Remove .crossSite(), or tell by the request's own signature who sends it.",
    look: (project) =>
      writesWhere(
        project,
        ({ route }, code) => route.marks.crossSite === true && usesSession(code),
        "uses the session",
      ),
  },
  {
    id: "T4-081",
    severity: "error",
    stage: "deploy",
    title: "A login can be tried as often as one likes",
    why: "Passwords are guessed here: the general rate limit lets a hundred guesses a minute pass for each address.",
    remedy: 'Add .middleware("LoginThrottle:5") to the route.',
    look: (project) =>
      writesWhere(project, ({ route }, code) => checksPasswords(code) && !isThrottled(route), "checks a password"),
  },
];

function writesWhere(
  { application, sources }: Project,
  isMet: (write: PublicWrite, code: readonly Token[]) => boolean,
  seen: string,
): readonly Sighting[] {
  if (application === undefined) return [];
  const found = publicWrites(application).filter((write) => {
    const tokens = sources.find(({ file }) => file === write.where.file)?.tokens ?? [];
    return isMet(write, codeOf(tokens, write.where.line));
  });
  return found.map(({ name, where }) => ({ seen: `${name} ${seen}`, where }));
}

function checksPasswords(code: readonly Token[]): boolean {
  return ["login", "checkPassword"].some((method) => methodCalls(code, "Auth", method).length > 0);
}

function usesSession(code: readonly Token[]): boolean {
  const isSession = ({ text }: Token, at: number): boolean => text === "session" && isMark(code[at - 1], ".");
  return code.some(isSession) || methodCalls(code, "Auth", "login").length > 0;
}

function isThrottled({ listedMiddleware }: PublicWrite["route"]): boolean {
  return listedMiddleware.some((entry) => /^LoginThrottle(?::|$)/.test(nameOf(entry)));
}

function nameOf(entry: MiddlewareEntry): string {
  return typeof entry === "string" ? entry : entry.name;
}
