import { BearerToken } from "./bearer-token.ts";
import { bindForms } from "./bind-forms.ts";
import { reloadStalePages } from "./reload-stale-pages.ts";
import { safeRedirect } from "./safe-redirect.ts";
import { createSaveForm, type SaveForm } from "./save-form.ts";
import { tokenStorage } from "./token-storage.ts";

/** What the browser script offers to other scripts. */
export interface Frond {
  /**
   * The Bearer token that goes with each form to this origin, renewed by answers; `null` without one.
   *
   * @throws {TypeError} when it is set to something that is neither a JWT nor `null`.
   */
  token: string | null;
  readonly saveForm: SaveForm;
  /**
   * Goes to a path on this site, whoever has written it.
   *
   * @param fallback Where to when the path could lead elsewhere.
   * @returns `false` when it stays here, because neither is safe.
   * @see CWE-601
   */
  redirect(path: unknown, fallback?: string): boolean;
}

/**
 * The one instance of this page.
 *
 * @example
 * ```ts
 * frond.token = null; // forgets it
 * frond.redirect("/dashboard");
 * ```
 */
export const frond: Frond = createFrond();

/** Sends a form without a reload, and shows what came of it. */
export const saveForm: SaveForm = frond.saveForm;

function createFrond(): Frond {
  const bearer = new BearerToken(tokenStorage());
  const saveForm = createSaveForm(bearer);
  bindForms(saveForm);
  reloadStalePages(bearer);
  return Object.freeze({
    get token() {
      return bearer.get();
    },
    set token(token) {
      bearer.set(token);
    },
    saveForm,
    redirect: (path: unknown, fallback?: string) => {
      const safe = safeRedirect(path) ?? safeRedirect(fallback);
      if (safe !== null) location.assign(safe);
      return safe !== null;
    },
  });
}
