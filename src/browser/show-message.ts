import { page } from "./page.ts";

const OWN_PLACE = "data-frond-message";

/**
 * Finds where the messages of a form stand. A form whose place is not there gets one at its end: no failure stays unseen.
 *
 * @param target The place, or its id.
 */
export function messagePlace(form: HTMLFormElement, target: string | Element | undefined): Element {
  const named = typeof target === "string" ? page.byId(target) : target;
  if (named === null) console.error(`saveForm: there is no element with the id "${target}" for messages.`);
  const place = named ?? page.within(form, `[${OWN_PLACE}]`)[0];
  if (place !== undefined) return place;
  const added = page.createBlock();
  added.setAttribute(OWN_PLACE, "");
  page.append(form, added);
  return added;
}

/** Shows a message as text, whatever it looks like. Failures are announced at once, all else when the user pauses. */
export function showMessage(place: Element, text: string, isFailure: boolean): void {
  page.write(place, text, isFailure ? "alert" : "status");
}
