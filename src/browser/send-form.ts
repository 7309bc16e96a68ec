import type { BearerToken } from "./bearer-token.ts";
import { renewFormTokens, takeFormToken } from "./form-tokens.ts";

/** What became of a form that was sent. */
export interface Answer {
  /** Whether the server has accepted it: with a status from 200 to 299, or with a redirect. */
  readonly ok: boolean;
  /** 0 where the browser tells none: the server was not reached, or it has redirected. */
  readonly status: number;
  /** The parsed JSON; `null` for an answer without a body, `undefined` for one that is no JSON. */
  readonly result: unknown;
  /** Whether nobody is logged in any more: 401 with `WWW-Authenticate`, which a refused password does not have. */
  readonly needsLogin: boolean;
  /** Of `Retry-After`. */
  readonly retryAfterSeconds: number | null;
  /** Whether it came from the page's own origin: only then does anything in it lead somewhere. */
  readonly isOwn: boolean;
}

/**
 * Posts a form: urlencoded as browsers do it, as multipart when a file was chosen.
 *
 * Tokens and cookies go to the page's own origin alone, and tokens are taken from there alone. A redirect could lead them
 * elsewhere, so none is followed there.
 *
 * @param data Is changed.
 */
export async function sendForm(data: FormData, url: URL, bearer: BearerToken): Promise<Answer> {
  const isOwn = url.origin === location.origin;
  const formToken = takeFormToken(data);
  const token = bearer.get();
  const headers = new Headers({ Accept: "application/json" });
  if (isOwn && formToken !== null) headers.set("X-Form-Token", formToken);
  if (isOwn && token !== null) headers.set("Authorization", `Bearer ${token}`);
  const toOwn = { mode: "same-origin", credentials: "same-origin", redirect: "manual" } as const;
  const toOther = { mode: "cors", credentials: "omit", redirect: "follow" } as const;

  let response: Response;
  try {
    response = await fetch(url, { method: "POST", headers, body: bodyOf(data), ...(isOwn ? toOwn : toOther) });
  } catch {
    return { ok: false, status: 0, result: undefined, needsLogin: false, retryAfterSeconds: null, isOwn };
  }
  const redirects = response.type === "opaqueredirect";
  const result = redirects ? null : await readJson(response);
  if (isOwn) takeTokens(response, result, { bearer, token, formToken });
  const { status, headers: answered } = response;
  const needsLogin = status === 401 && answered.has("WWW-Authenticate");
  return { ok: response.ok || redirects, status, result, needsLogin, retryAfterSeconds: retryAfter(answered), isOwn };
}

function bodyOf(data: FormData): FormData | URLSearchParams {
  const fields = [...data];
  if (fields.some(([, value]) => value instanceof File && value.name !== "")) return data;
  return new URLSearchParams(fields.filter((field): field is [string, string] => typeof field[1] === "string"));
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === "" ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Sent {
  readonly bearer: BearerToken;
  readonly token: string | null;
  readonly formToken: string | null;
}

function takeTokens({ headers, ok }: Response, result: unknown, { bearer, token, formToken }: Sent): void {
  const nextFormToken = headers.get("X-Form-Token");
  if (formToken !== null && nextFormToken !== null) renewFormTokens(formToken, nextFormToken);
  const login = (result as { token?: unknown } | null | undefined)?.token;
  if (ok) bearer.adopt(token, [login, headers.get("FreshToken")]);
  else if (token !== null && headers.get("WWW-Authenticate")?.includes("invalid_token")) bearer.drop(token);
}

function retryAfter(headers: Headers): number | null {
  const seconds = headers.get("Retry-After") ?? "";
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) : null;
}
