import type { AccessRule, FormTokenRule } from "../auth/access-rule.ts";
import { SOCKET_METHOD } from "../router/method.ts";

const CREDENTIALS: Readonly<Record<AccessRule["credential"], string>> = {
  none: "open",
  bearer: "Bearer token",
  "bearer-or-session": "Bearer token or session",
};

const FORM_TOKENS: Readonly<Record<FormTokenRule, string>> = {
  none: "no: browsers send no Bearer token by themselves",
  "when-presented": "only of a logged-in session without browser headers",
  "required-for-session": "yes, unless a Bearer token lets in",
  required: "yes",
};

/**
 * Says what a request must show to get in: `Bearer token or session, role admin`. A ticket opens a WebSocket too.
 *
 * @param locks What middleware asks for besides.
 */
export function lockWords(access: AccessRule, method: string, locks: readonly string[] = []): string {
  const { credential, roles, loginPath } = access;
  return [
    ...(method === SOCKET_METHOD && credential !== "none" ? ["ticket"] : []),
    ...(credential === "none" && locks.length > 0 ? [] : [CREDENTIALS[credential]]),
    ...locks,
    ...(roles.length === 0 ? [] : [`role ${roles.join(" or ")}`]),
    ...(loginPath === undefined ? [] : [`else to ${loginPath}`]),
  ].join(", ");
}

/**
 * Says whether a request needs a form token, and why.
 *
 * @param isAsked What `TINA4_CSRF` says.
 */
export function formTokenWords({ unsafe, crossSiteExempt, formToken }: AccessRule, isAsked: boolean): string {
  if (!unsafe) return "no: only reads";
  if (crossSiteExempt) return "no: other sites may post";
  return isAsked || formToken === "none" ? FORM_TOKENS[formToken] : "never: TINA4_CSRF is off";
}
