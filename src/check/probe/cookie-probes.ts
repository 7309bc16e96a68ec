import { inAnswers, type ProbeFinding } from "./probe-finding.ts";
import type { ProbedServer } from "./probed-server.ts";

/** Which cookies of a server lack what keeps them at home. */
export const COOKIE_PROBES: readonly ProbeFinding[] = [
  {
    id: "T4-120",
    severity: "warning",
    title: "Scripts can read a cookie",
    why: "A script that somebody gets into a page sends it home.",
    remedy: "Set httpOnly on every cookie that no script of yours has to read.",
    look: (server) => cookiesWithout(server, "httponly"),
  },
  {
    id: "T4-121",
    severity: "warning",
    title: "A cookie does not say which sites may send it",
    why: "Some browsers send such a cookie with other sites' forms.",
    remedy: "Set SameSite=Lax.",
    look: (server) => cookiesWithout(server, "samesite"),
  },
  {
    id: "T4-122",
    severity: "error",
    title: "A cookie is sent over plain HTTP too",
    why: "Whoever is on the way of one request without HTTPS has it.",
    remedy: "Set TINA4_PUBLIC_ORIGIN to the https origin, and secure on your own cookies.",
    look: (server) => (server.origin.protocol === "https:" ? cookiesWithout(server, "secure") : []),
  },
];

/** Cookies are named, their values are not shown. One that is taken away needs no guard. */
function cookiesWithout({ answers }: ProbedServer, attribute: string): ReturnType<ProbeFinding["look"]> {
  return inAnswers(answers, ({ headers }) => {
    const cookies = (headers["set-cookie"] ?? []).map(readCookie).filter(({ isGone }) => !isGone);
    const names = cookies.filter(({ attributes }) => !attributes.includes(attribute)).map(({ name }) => name);
    return names.length === 0 ? undefined : names.join(", ");
  });
}

function readCookie(line: string): { name: string; attributes: readonly string[]; isGone: boolean } {
  const [pair = "", ...rest] = line.split(";").map((part) => part.trim());
  const attributes = rest.map((part) => part.split("=")[0]?.toLowerCase() ?? "");
  return { name: pair.split("=")[0] ?? "", attributes, isGone: /;\s*max-age=0\b/i.test(line) };
}
