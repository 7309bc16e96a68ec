/**
 * The document, as the browser's own functions see it.
 *
 * `<img name="getElementById">` hides that function of `document`, and `<input name="action">` a property of its form: elements
 * that somebody could put into a page must not decide what a script does. So the functions are taken where no element can stand.
 *
 * @see CWE-79, OWASP DOM Clobbering Prevention
 */
export interface Page {
  byId(id: string): HTMLElement | null;
  all(selector: string): readonly HTMLElement[];
  within(element: Element, selector: string): readonly HTMLElement[];
  attribute(element: Element, name: string): string | null;
  /** Inputs, buttons and the like, in the order of the document; those too that stand outside and name the form. */
  controlsOf(form: HTMLFormElement): readonly Element[];
  focused(): Element | null;
  /** `<html>`, and the script that is being run, unless it is a module. */
  roots(): readonly Element[];
  createBlock(): HTMLElement;
  append(parent: Element, child: Element): void;
  /** Sets what a place says, as text, and how soon a screen reader says it. */
  write(place: Element, text: string, role: "status" | "alert"): void;
  reset(form: HTMLFormElement): void;
  onSubmit(listener: (event: SubmitEvent) => void): void;
}

const { createElement, getElementById, querySelectorAll } = Document.prototype;
const { append, getAttribute, querySelectorAll: querySelectorAllWithin, setAttribute } = Element.prototype;
const { addEventListener } = EventTarget.prototype;
const { reset } = HTMLFormElement.prototype;
const setText = Object.getOwnPropertyDescriptor(Node.prototype, "textContent")?.set as (text: string) => void;
const controlsOf = getter(HTMLFormElement.prototype, "elements");
const activeElement = getter(Document.prototype, "activeElement");
const currentScript = getter(Document.prototype, "currentScript");
const documentElement = getter(Document.prototype, "documentElement");

export const page: Page = {
  byId: (id) => getElementById.call(document, id),
  all: (selector) => [...querySelectorAll.call(document, selector)] as HTMLElement[],
  within: (element, selector) => [...querySelectorAllWithin.call(element, selector)] as HTMLElement[],
  attribute: (element, name) => getAttribute.call(element, name),
  controlsOf: (form) => [...controlsOf(form)],
  focused: () => activeElement(document),
  roots: () => [documentElement(document), currentScript(document)].filter((root) => root !== null),
  createBlock: () => createElement.call(document, "div") as HTMLElement,
  append: (parent, child) => append.call(parent, child),
  write: (place, text, role) => {
    setAttribute.call(place, "role", role);
    setText.call(place, text);
  },
  reset: (form) => reset.call(form),
  onSubmit: (listener) => addEventListener.call(document, "submit", listener as EventListener),
};

function getter<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
): (self: Owner) => Owner[Name] {
  const get = Object.getOwnPropertyDescriptor(owner, name)?.get as () => Owner[Name];
  return (self) => get.call(self);
}
