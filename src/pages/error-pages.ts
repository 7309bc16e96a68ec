import { type Refusal, Tina4Error } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import type { Logger } from "../log/logger.ts";
import type { PageTemplates } from "./page-templates.ts";

export interface ErrorPagesOptions {
  readonly templates: PageTemplates;
  readonly log: Logger;
  /** Whether it is looked anew each time which templates there are. */
  readonly checksForChanges: boolean;
}

/**
 * The error pages of a project: `errors/404.twig` for its status, else `errors/4xx.twig` or `errors/5xx.twig`. They are given
 * `status`, `message` and `request_id`.
 *
 * An error on an error page ends here: it is logged, and the visitor gets the built-in page with the status of the first error.
 */
export class ErrorPages {
  readonly #options: ErrorPagesOptions;
  readonly #names = new Map<number, string | undefined>();

  constructor(options: ErrorPagesOptions) {
    this.#options = options;
  }

  /** Whether the project has a page for a status. */
  has(status: number): boolean {
    return this.#nameFor(status) !== undefined;
  }

  /** @returns `undefined` where the project has no page, or it cannot be made at once. */
  render({ status, message }: Refusal, request: Request, response: Response): string | undefined {
    const page = { formToken: () => formTokenOf(request), cspNonce: () => response.cspNonce() };
    try {
      const name = this.#nameFor(status);
      if (name === undefined) return undefined;
      const markup = this.#options.templates.renderPage(name, { status, message, request_id: request.id }, page);
      if (typeof markup === "string") return markup;
      markup.catch(ignore);
      throw new Tina4Error("TEMPLATE_FAILED", `${name} waits for something. An error page is made at once.`);
    } catch (error) {
      this.#options.log.error({ id: request.id, status, error }, "an error page failed: the built-in one was sent");
      return undefined;
    }
  }

  #nameFor(status: number): string | undefined {
    if (!this.#options.checksForChanges && this.#names.has(status)) return this.#names.get(status);
    const names = [`errors/${status}.twig`, `errors/${Math.floor(status / 100)}xx.twig`];
    const name = names.find((each) => this.#options.templates.has(each));
    this.#names.set(status, name);
    return name;
  }
}

/** An error can come before the session was read and after its cookie was decided. A token would then belong to nobody. */
function formTokenOf(request: Request): string {
  if (!request.watch?.isGivenUp && request.startVisit().canBindForms) return request.formToken();
  throw new Tina4Error(
    "SESSION_READ_ONLY",
    "This error came where no session is, so form_token() has nothing to belong to.",
  );
}

function ignore(): void {}
