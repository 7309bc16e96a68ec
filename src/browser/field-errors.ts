import type { FieldError } from "./answer-text.ts";
import { page } from "./page.ts";

const ID_PREFIX = "frond-error-";
const DESCRIBED_BY = "aria-describedby";

/**
 * Marks the fields that a server has found faulty, says below each what is wrong, and leads to the first one.
 *
 * @returns The errors for which the form has no visible field.
 */
export function showFieldErrors(form: HTMLFormElement, errors: readonly FieldError[]): readonly FieldError[] {
  const controls = page.controlsOf(form).filter((control) => page.attribute(control, "type") !== "hidden");
  const fieldOf = ({ path }: FieldError): Element | undefined =>
    controls.find((control) => path !== "" && page.attribute(control, "name") === path);
  const faulty = errors.flatMap((error) => describe(fieldOf(error), error.message) ?? []);
  const first = controls.find((control) => faulty.includes(control));
  if (first instanceof HTMLElement) first.focus();
  return errors.filter((error) => fieldOf(error) === undefined);
}

/** Takes back what `showFieldErrors` has done. */
export function clearFieldErrors(form: HTMLFormElement): void {
  for (const control of page.controlsOf(form)) {
    const ids = idsOf(control);
    const kept = ids.filter((id) => !id.startsWith(ID_PREFIX));
    if (kept.length === ids.length) continue;
    for (const id of ids) if (!kept.includes(id)) page.byId(id)?.remove();
    control.removeAttribute("aria-invalid");
    if (kept.length === 0) control.removeAttribute(DESCRIBED_BY);
    else control.setAttribute(DESCRIBED_BY, kept.join(" "));
  }
}

/** The text stands after the label where one is around the field: in it, it would become a part of the field's name. */
function describe(field: Element | undefined, message: string): Element | undefined {
  if (field === undefined) return undefined;
  const note = page.createBlock();
  note.id = ID_PREFIX + Math.random().toString(36).slice(2);
  note.textContent = message;
  (field.closest("label") ?? field).after(note);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute(DESCRIBED_BY, [...idsOf(field), note.id].join(" "));
  return field;
}

function idsOf(control: Element): readonly string[] {
  return (page.attribute(control, DESCRIBED_BY) ?? "").split(/\s+/).filter(Boolean);
}
