import { ALLOW_FILE, readAllowedWrites } from "../allowed-writes.ts";
import type { Finding } from "../finding.ts";
import type { Project } from "../project.ts";
import { publicWrites } from "../public-writes.ts";

/** What strangers may change, compared with what they are meant to. */
export const PUBLIC_WRITE_FINDINGS: readonly Finding[] = [
  {
    id: "T4-007",
    severity: "error",
    stage: "always",
    title: `A public write is not in ${ALLOW_FILE}`,
    why: "Strangers may change something here, and nobody has said that they are meant to.",
    remedy: `Remove .noAuth(), or add the line to "publicWrites" in ${ALLOW_FILE}.`,
    look: (project) => {
      const allowed = allowedIn(project);
      if (project.application === undefined || allowed === undefined) return [];
      return publicWrites(project.application)
        .filter(({ name }) => !allowed.includes(name))
        .map(({ name, where }) => ({ seen: name, where }));
    },
  },
  {
    id: "T4-008",
    severity: "warning",
    stage: "always",
    title: `${ALLOW_FILE} names what is no public write`,
    why: "When such a route is opened by mistake one day, nobody is told.",
    remedy: "Remove the line.",
    look: (project) => {
      if (project.application === undefined) return [];
      const open = publicWrites(project.application).map(({ name }) => name);
      const needless = (allowedIn(project) ?? []).filter((name) => !open.includes(name));
      return needless.map((name) => ({ seen: name, where: { file: ALLOW_FILE } }));
    },
  },
  {
    id: "T4-009",
    severity: "error",
    stage: "always",
    title: `${ALLOW_FILE} cannot be read`,
    why: "Nothing is allowed by a file that does not say what.",
    remedy: 'Write { "publicWrites": ["POST /api/login"] } into it, with a line for each write.',
    look: (project) =>
      allowedIn(project) === undefined ? [{ seen: "no such list", where: { file: ALLOW_FILE } }] : [],
  },
];

/** Nothing where the file cannot be read. */
function allowedIn({ root }: Project): readonly string[] | undefined {
  try {
    return readAllowedWrites(root);
  } catch {
    return undefined;
  }
}
