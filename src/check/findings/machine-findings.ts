import { endOfLife } from "../end-of-life.ts";
import type { Finding, Sighting } from "../finding.ts";
import type { Machine } from "../machine.ts";

const ROOT = 0;

/** What is wrong with what runs the project. */
export const MACHINE_FINDINGS: readonly Finding[] = [
  {
    id: "T4-070",
    severity: "error",
    stage: "deploy",
    title: "This version of Node.js gets no more repairs",
    why: "Holes that are found in it from now on stay open.",
    remedy: "Install a version with long-term support.",
    look: ({ machine: { nodeVersion, now } }) => {
      const end = endOfLife(nodeVersion);
      return end === undefined || now <= Date.parse(end)
        ? []
        : seen(`${nodeVersion}, until ${end || "long ago"}`, "Node.js");
    },
  },
  {
    id: "T4-071",
    severity: "error",
    stage: "always",
    title: "Node.js is started with its lenient parser",
    why: "One request can be read as two, so the server refuses to start.",
    remedy: "Remove --insecure-http-parser, also from NODE_OPTIONS.",
    look: ({ machine }) => flagged(machine, /^--insecure-http-parser$/),
  },
  {
    id: "T4-072",
    severity: "error",
    stage: "deploy",
    title: "Node.js is started with its debugger",
    why: "Whoever reaches its port runs any code in the process.",
    remedy: "Remove --inspect, also from NODE_OPTIONS.",
    look: ({ machine }) => flagged(machine, /^--inspect(?!-publish-uid)/),
  },
  {
    id: "T4-073",
    severity: "error",
    stage: "deploy",
    title: "TLS certificates are not checked",
    why: "Whoever is on the way to the database or another service can pose as it.",
    remedy: "Remove NODE_TLS_REJECT_UNAUTHORIZED, and name your own authority in NODE_EXTRA_CA_CERTS.",
    look: ({ machine }) => (machine.checksTlsCertificates ? [] : seen("0", "NODE_TLS_REJECT_UNAUTHORIZED")),
  },
  {
    id: "T4-074",
    severity: "warning",
    stage: "deploy",
    title: "It runs as root",
    why: "Whoever gets in through a hole has the whole machine.",
    remedy: "Start it as a user of its own, who owns data/ and secrets/ and nothing else.",
    look: ({ machine }) => (machine.userId === ROOT ? seen("user 0", "the process") : []),
  },
];

function flagged({ flags }: Machine, pattern: RegExp): readonly Sighting[] {
  return flags.filter((flag) => pattern.test(flag)).flatMap((flag) => seen(flag, "Node.js"));
}

function seen(text: string, thing: string): readonly Sighting[] {
  return [{ seen: text, where: { thing } }];
}
