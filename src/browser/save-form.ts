import { answerText, fieldErrorsIn } from "./answer-text.ts";
import type { BearerToken } from "./bearer-token.ts";
import { clearFieldErrors, showFieldErrors } from "./field-errors.ts";
import { holdButtons } from "./hold-buttons.ts";
import { page } from "./page.ts";
import { safeRedirect } from "./safe-redirect.ts";
import { type Answer, sendForm } from "./send-form.ts";
import { messagePlace, showMessage } from "./show-message.ts";

/**
 * Sends a form without leaving the page, and says in it what became of that.
 *
 * While a form is being sent its buttons are disabled, and sending it again changes nothing.
 *
 * @param form The form, or its id.
 * @param url Where to. To another origin it goes without token and cookie.
 * @param target The element for messages, or its id. Default: one at the end of the form.
 * @param callback Gets the parsed JSON of a success, `null` when its answer has no body. A promise is waited for; `false` keeps the
 *   page where it is.
 * @param submitter The button whose name and value are sent as well.
 * @returns What became of it, when all is done; of a form that is being sent already, what becomes of that.
 * @throws {Error} when there is no such form.
 * @example
 * ```ts
 * await saveForm("profileForm", "/api/profile", "profileMsg", (result: { name: string }) => console.log(result.name));
 * ```
 */
export type SaveForm = <Result = unknown>(
  form: string | HTMLFormElement,
  url: string | URL,
  target?: string | Element,
  callback?: (result: Result) => unknown,
  submitter?: HTMLElement | null,
) => Promise<Answer>;

/** @param bearer The token that goes with each form. */
export function createSaveForm(bearer: BearerToken): SaveForm {
  const running = new WeakMap<HTMLFormElement, Promise<Answer>>();
  return async (formOrId, url, target, callback, submitter = null) => {
    const form = typeof formOrId === "string" ? page.byId(formOrId) : formOrId;
    if (!(form instanceof HTMLFormElement)) throw new Error(`saveForm: there is no form with the id "${formOrId}".`);
    const current = running.get(form);
    if (current !== undefined) return await current;
    const saving = save({
      form,
      url: new URL(url, location.href),
      place: messagePlace(form, target),
      callback,
      submitter,
      bearer,
    });
    running.set(form, saving);
    try {
      return await saving;
    } finally {
      running.delete(form);
    }
  };
}

interface Saving {
  readonly form: HTMLFormElement;
  readonly url: URL;
  readonly place: Element;
  readonly callback: ((result: never) => unknown) | undefined;
  readonly submitter: HTMLElement | null;
  readonly bearer: BearerToken;
}

async function save(saving: Saving): Promise<Answer> {
  const { form, url, place, submitter, bearer } = saving;
  const data = new FormData(form, submitter); // before anything is disabled: what is, is not sent
  const release = holdButtons(form);
  let leaves = false;
  try {
    clearFieldErrors(form);
    showMessage(place, "", false);
    const answer = await sendForm(data, url, bearer);
    leaves = await conclude(answer, saving);
    return answer;
  } finally {
    if (!leaves) release();
  }
}

/** @returns Whether the page is being left. Its buttons stay disabled then. */
async function conclude(answer: Answer, { form, place, callback }: Saving): Promise<boolean> {
  const { ok, status, result } = answer;
  if (!ok) {
    const elsewhere = showFieldErrors(form, fieldErrorsIn(result)).map(({ message }) => message);
    showMessage(place, [...new Set([answerText(answer), ...elsewhere])].join(" "), true);
    return false;
  }
  const isReadable = result !== undefined;
  if (page.attribute(form, "data-frond-reset") !== null) page.reset(form);
  showMessage(place, answerText(answer), !isReadable);
  if (isReadable && status !== 0 && (await callback?.(result as never)) === false) return false;
  return leave(answer, form);
}

/** Goes where the answer or else the form says. After a redirect of the server, which cannot be seen, the page is asked for anew. */
function leave({ isOwn, status, result }: Answer, form: HTMLFormElement): boolean {
  const wanted = isOwn ? (result as { redirect?: unknown } | null | undefined)?.redirect : undefined;
  const path = safeRedirect(wanted) ?? safeRedirect(page.attribute(form, "data-frond-redirect"));
  if (path === null && status !== 0) return false;
  if (path === null) location.reload();
  else location.assign(path);
  return path === null || !isOnThisPage(path);
}

function isOnThisPage(path: string): boolean {
  const here = location.href.split("#", 1)[0];
  return path.includes("#") && new URL(path, here).href.split("#", 1)[0] === here;
}
