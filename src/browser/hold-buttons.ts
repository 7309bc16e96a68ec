import { page } from "./page.ts";

/**
 * Disables the buttons of a form while it is being sent.
 *
 * @returns Gives them back, and with them the focus, unless that has gone elsewhere.
 */
export function holdButtons(form: HTMLFormElement): () => void {
  const focused = page.focused();
  const buttons = page.controlsOf(form).filter((control) => isButton(control) && !control.disabled) as Button[];
  for (const button of buttons) {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
  }
  return () => {
    for (const button of buttons) {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
    const now = page.focused();
    const isLost = now === null || now === focused || now instanceof HTMLBodyElement;
    if (isLost) buttons.find((button) => button === focused)?.focus();
  };
}

type Button = HTMLButtonElement | HTMLInputElement;

function isButton(control: Element): control is Button {
  return (
    control instanceof HTMLButtonElement ||
    (control instanceof HTMLInputElement && /^(?:submit|button)$/.test(control.type))
  );
}
