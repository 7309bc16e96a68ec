import type { Met } from "./check-report.ts";
import { FINDINGS } from "./findings.ts";
import { openProject, type ProjectOptions } from "./project.ts";

/**
 * Looks at a project without serving it.
 *
 * @returns What was met, and how many things were looked for.
 * @throws nothing that is the project's fault: that is a finding.
 */
export async function checkProject(
  options: ProjectOptions,
): Promise<{ readonly checked: number; readonly findings: readonly Met[] }> {
  const project = await openProject(options);
  const wanted = FINDINGS.filter(({ stage }) => stage === "always" || options.isDeploy);
  const findings: Met[] = [];
  try {
    for (const { look, stage: _, ...text } of wanted) {
      const sightings = await look(project);
      if (sightings.length > 0) findings.push({ ...text, sightings });
    }
  } finally {
    await project.application?.close();
  }
  return { checked: wanted.length, findings };
}
