import type { Page } from "playwright-core";

/** @returns The status of the answer, when the page shows what has become of the form, or is being left. */
export type SendForm = (button: string, fields?: Readonly<Record<string, string>>) => Promise<number>;

/** Fills in and sends the forms of a page as a person does; by the browser's script where one does it, else by the browser itself. */
export function sendForm(page: Page, javaScriptEnabled: boolean): SendForm {
  return async (button, fields = {}) => {
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
    const pressed = page.getByRole("button", { name: button, exact: true });
    const form = page.locator("form").filter({ has: pressed });
    const isScripted = javaScriptEnabled && (await form.getAttribute("data-frond-action")) !== null;
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    const shown = isScripted ? answered : page.waitForEvent("load");
    await pressed.click();
    await shown;
    return (await answered).status();
  };
}

/** Waits until a page says this, as good news or as bad. */
export async function says(page: Page, text: string): Promise<void> {
  await page.getByRole("status").or(page.getByRole("alert")).filter({ hasText: text }).waitFor();
}
