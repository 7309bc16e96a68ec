import type { Answer } from "./ask-over-http.ts";
import { inAnswers, type ProbeFinding } from "./probe-finding.ts";
import { DEBUG_PATH, FOREIGN_ORIGIN, PRIVATE_PATHS } from "./questions.ts";

/** A write that was turned away: by the gate, by a role, by a limit, or since a store is down. */
const REFUSED: readonly number[] = [401, 403, 429, 503];
const STACK_FRAME = /\bat (?:async )?[^\n]{0,200}:\d+:\d+\)?/;

/** What a server does that it should not. */
export const BEHAVIOUR_PROBES: readonly ProbeFinding[] = [
  {
    id: "T4-101",
    severity: "error",
    title: "The server does not answer",
    why: "What was not answered was not looked at.",
    remedy: "Start it, or correct the address; a certificate has to be one that browsers trust.",
    look: ({ failure, origin }) => (failure === undefined ? [] : [{ seen: failure, where: { thing: origin.origin } }]),
  },
  {
    id: "T4-114",
    severity: "error",
    title: "A write is answered without a token",
    why: "The route asks for one, so something in front of it answers or lets strangers through.",
    remedy: "See that the server runs this version, and that the proxy in front adds no Authorization.",
    look: ({ writes }) => inAnswers(writes, ({ status }) => (REFUSED.includes(status) ? undefined : String(status))),
  },
  {
    id: "T4-115",
    severity: "error",
    title: "Scripts of just any site may read answers",
    why: "A page that a visitor happens to open reads what the visitor sees.",
    remedy: "List the origins in TINA4_CORS_ORIGINS, and let the proxy in front add no CORS headers.",
    look: ({ answers }) => inAnswers(answers, (answer) => allowedOrigin(answer, FOREIGN_ORIGIN)),
  },
  {
    id: "T4-116",
    severity: "warning",
    title: "CORS is open to every site",
    why: "Scripts of every site may read what strangers may.",
    remedy: "List the origins in TINA4_CORS_ORIGINS, unless all that is served is public.",
    look: ({ answers }) => inAnswers(answers, (answer) => allowedOrigin(answer, "*")),
  },
  {
    id: "T4-117",
    severity: "warning",
    title: "TRACE is answered",
    why: "It sends back what a request carried, and so shows what scripts are not to see.",
    remedy: "Let the proxy in front refuse TRACE.",
    look: ({ answers }) =>
      inAnswers(answers, ({ question, status }) =>
        question.method === "TRACE" && status < 400 ? String(status) : undefined,
      ),
  },
  {
    id: "T4-118",
    severity: "error",
    title: "Visitors see the inside of the server",
    why: "Stacks, paths and the pages of debug tell where to look for a hole.",
    remedy: "Set TINA4_DEBUG=false, and let no proxy pose as a visitor of this machine.",
    look: ({ answers }) => inAnswers(answers, insideOf),
  },
  {
    id: "T4-119",
    severity: "error",
    title: "A private file is served",
    why: "Whoever has the keys or the settings is whoever they like.",
    remedy: "Serve nothing but src/public, and draw new secrets: the old ones are known.",
    look: ({ answers }) =>
      inAnswers(answers, ({ question, status }) =>
        PRIVATE_PATHS.includes(question.path) && status >= 200 && status < 300 ? String(status) : undefined,
      ),
  },
];

function allowedOrigin({ headers }: Answer, origin: string): string | undefined {
  const allowed = headers["access-control-allow-origin"];
  if (allowed !== origin) return undefined;
  const credentials = headers["access-control-allow-credentials"] === "true" ? ", with credentials" : "";
  return `${allowed}${credentials}`;
}

function insideOf({ question, status, body }: Answer): string | undefined {
  if (question.path === DEBUG_PATH && status < 300) return `${DEBUG_PATH} is shown`;
  return STACK_FRAME.test(body) && status >= 400 ? "a stack" : undefined;
}
