import { warningsOfTemplates } from "../../app/project-contents.ts";
import type { TemplateFinding } from "../../templates/template-finding.ts";
import type { Finding, Sighting } from "../finding.ts";
import type { Project } from "../project.ts";
import { routePlace } from "../route-place.ts";

/** What is wrong with templates, and where they print without escaping. */
export const TEMPLATE_FINDINGS: readonly Finding[] = [
  {
    id: "T4-005",
    severity: "error",
    stage: "always",
    title: "A template cannot be compiled",
    why: "The page is a 500 when somebody asks for it.",
    remedy: "Do as the message says.",
    look: (project) => inTemplates(project, "error"),
  },
  {
    id: "T4-006",
    severity: "notice",
    stage: "always",
    title: "A template prints without escaping",
    why: "What |raw prints becomes markup and script, so nothing in it may come from a visitor.",
    remedy: "Remove |raw, unless the text was made by you or cleaned by a library that knows HTML.",
    look: (project) => inTemplates(project, "raw"),
  },
  {
    id: "T4-018",
    severity: "error",
    stage: "always",
    title: "A route names a template that does not exist",
    why: "The page is a 500 when somebody asks for it.",
    remedy: "Write the template, or correct its name.",
    look: ({ application, root }) =>
      application === undefined
        ? []
        : application.routes.flatMap((route) =>
            warningsOfTemplates([route], application.templates).map(() => ({
              seen: `${route.label} makes its page of ${route.marks.template}`,
              where: routePlace(route.declaredAt, root),
            })),
          ),
  },
];

function inTemplates({ application }: Project, kind: TemplateFinding["kind"]): readonly Sighting[] {
  const found = application?.templates.check().filter((finding) => finding.kind === kind) ?? [];
  return found.map(({ file, line, column, problem }) => ({
    seen: problem,
    where: { file: `src/templates/${file}`, line, column },
  }));
}
