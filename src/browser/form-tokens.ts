import { page } from "./page.ts";

/** The name that is printed, and the one of older Tina4. */
const NAMES = ["formToken", "_token"];

/** Matches the fields that hold form tokens. */
export const FORM_TOKEN_FIELDS: string = NAMES.map((name) => `input[type=hidden][name=${name}]`).join();

/** Takes the form token out of what is to be sent. */
export function takeFormToken(data: FormData): string | null {
  const values = NAMES.flatMap((name) => data.getAll(name));
  for (const name of NAMES) data.delete(name);
  return (values.find((value) => typeof value === "string" && value !== "") as string | undefined) ?? null;
}

/** Puts a new token into every field of the page that holds the spent one. Other forms keep theirs: each is good for itself. */
export function renewFormTokens(spent: string, next: string): void {
  for (const field of page.all(FORM_TOKEN_FIELDS) as readonly HTMLInputElement[]) {
    if (field.value === spent) field.value = next;
  }
}
