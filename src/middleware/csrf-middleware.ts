import type { FormTokenRule } from "../auth/access-rule.ts";
import type { Settings } from "../config/settings.ts";
import type { FormTokens, ValidFormToken } from "../csrf/form-tokens.ts";
import {
  FORM_TOKEN_IN_QUERY_WARNING,
  hasFormTokenInQuery,
  presentedFormTokens,
} from "../csrf/presented-form-tokens.ts";
import { type Refusal, refuse } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import type { Step, StepOutcome } from "../pipeline/step.ts";
import { crossSiteVerdict } from "./guard-cross-site.ts";
import type { Planner } from "./planner.ts";
import type { Services } from "./services.ts";

/** The client is told the same of each; only the log tells them apart. */
const IN_QUERY = invalid("a form token stands in the query");
const MISSING = invalid("no form token came, and this route asks for one; {{ form_token() }} prints it into a form");
const MISSING_WITHOUT_BROWSER = invalid(
  "no form token came; without one, and without browser headers, a logged-in session cannot write",
);
const NOT_VALID = invalid("a form token is not ours, not of this session, or too old");
const SPENT = invalid("a form token was used before");
const HEADER = "x-form-token";

/** Stands for form tokens in middleware lists. They are asked for already, so listing it is harmless. */
export class CsrfMiddleware {
  static beforeCsrf(): void {}
}

/**
 * Asks for a form token where a route's access rule does, and spends it before the handler runs. A write with a form token in
 * its query is refused, whoever sends it: that token is in every log. A route that is open to other sites asks nothing of the
 * kind: what they call a token is none of ours.
 *
 * @see CWE-352, CWE-598
 */
export const checkFormToken: Planner = (services, { access }) => {
  if (!services.settings.TINA4_CSRF) return undefined;
  if (!access.unsafe || access.crossSiteExempt) {
    return (request) => {
      namesTokenInQuery(request, services);
      return undefined;
    };
  }
  return formTokenStep(services, access.formToken);
};

function formTokenStep(services: Services, rule: FormTokenRule): Step {
  const { formTokens, settings } = services;
  return (request, response) => {
    if (namesTokenInQuery(request, services)) return IN_QUERY;
    // With the rule "none" nobody without a Bearer token comes here.
    if (rule !== "required" && request.bearerClaims !== null) return undefined;
    const presented = presentedFormTokens(request.body, request.raw.headers[HEADER] as string | undefined);
    if (presented.length === 0) return refusalWithoutToken(rule, request, settings);
    const tokens = formTokens.verifyAll(presented, request.visit?.formBinding() ?? null);
    if (tokens === null) return NOT_VALID;
    return settings.TINA4_CSRF_SINGLE_USE ? spend(tokens, formTokens, request, response) : undefined;
  };
}

/** Where no token is demanded, one is needed only for a session that could be abused, when no browser says who asks. */
function refusalWithoutToken(rule: FormTokenRule, request: Request, settings: Settings): Refusal | undefined {
  if (rule !== "when-presented") return MISSING;
  if (request.visit === undefined || crossSiteVerdict(request, settings) !== "no-browser") return undefined;
  return request.visit.claims() === null ? undefined : MISSING_WITHOUT_BROWSER;
}

/** The work that a token allows is done once: whoever comes with the same token meanwhile is turned away. */
async function spend(
  tokens: readonly ValidFormToken[],
  formTokens: FormTokens,
  request: Request,
  response: Response,
): Promise<StepOutcome> {
  if (!(await formTokens.reserve(tokens))) return SPENT;
  request.giveBackFormTokens = () => formTokens.release(tokens);
  response.onDeparture(() => {
    if (response.statusCode < 400) response.header("X-Form-Token", request.formToken());
  });
  return undefined;
}

function namesTokenInQuery({ url, path, id }: Request, { log }: Services): boolean {
  if (url.length === path.length || !hasFormTokenInQuery(url.slice(path.length + 1))) return false;
  log.warn({ id, path }, FORM_TOKEN_IN_QUERY_WARNING);
  return true;
}

function invalid(reason: string): Refusal {
  return { ...refuse("CSRF_INVALID"), reason };
}
