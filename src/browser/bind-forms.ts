import { page } from "./page.ts";
import { pageFunction } from "./page-function.ts";
import type { SaveForm } from "./save-form.ts";

/**
 * Sends every form with `data-frond-action` by `saveForm`, also one that is put into the page later. Its `method` and `action` are
 * for browsers without scripts. A script that has called `preventDefault` keeps the form to itself.
 */
export function bindForms(saveForm: SaveForm): void {
  page.onSubmit((event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    const action = page.attribute(form, "data-frond-action");
    if (action === null) return;
    event.preventDefault();
    const target = page.attribute(form, "data-frond-target") ?? undefined;
    void saveForm(form, action, target, callbackOf(form), event.submitter);
  });
}

function callbackOf(form: HTMLFormElement): ((result: unknown) => unknown) | undefined {
  const name = page.attribute(form, "data-frond-callback");
  if (name === null) return undefined;
  const callback = pageFunction(name);
  if (callback === undefined)
    console.error(`data-frond-callback: no script of this page declares a function "${name}".`);
  return callback;
}
