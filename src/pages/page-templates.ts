import { Tina4Error } from "../errors.ts";
import type { PageData } from "../http/page-data.ts";
import type { Page } from "../http/response-lender.ts";
import { Frond, type FrondOptions } from "../templates/frond.ts";
import { type LinkedPage, PAGE_FUNCTIONS } from "./page-functions.ts";
import type { PageLinks } from "./page-links.ts";

type Engine = Frond<LinkedPage>;

/** The templates of an application, with `form_token()`, `csp_nonce()`, `url()` and `asset()`. */
export class PageTemplates extends Frond<LinkedPage> {
  #links: PageLinks | undefined;

  constructor(options: Omit<FrondOptions<LinkedPage>, "functions">) {
    super({ ...options, functions: PAGE_FUNCTIONS });
  }

  override addFunction(...args: Parameters<Engine["addFunction"]>): this {
    this.#refuseLate("function", args[0]);
    return super.addFunction(...args);
  }

  override addFilter(...args: Parameters<Engine["addFilter"]>): this {
    this.#refuseLate("filter", args[0]);
    return super.addFilter(...args);
  }

  override addTest(...args: Parameters<Engine["addTest"]>): this {
    this.#refuseLate("test", args[0]);
    return super.addTest(...args);
  }

  override addGlobal(...args: Parameters<Engine["addGlobal"]>): this {
    this.#refuseLate("global", args[0]);
    return super.addGlobal(...args);
  }

  /** @internal Ends registration: what a template means does not change from one request to the next. */
  seal(links: PageLinks): void {
    this.#links = links;
  }

  /** @internal Makes the page that a response becomes. */
  renderPage(template: string, data: PageData, page: Page): string | Promise<string> {
    if (this.#links === undefined) {
      throw new Tina4Error("TEMPLATE_FAILED", `${template} was to be rendered before the application had started.`);
    }
    return this.render(template, data, { ...page, links: this.#links });
  }

  #refuseLate(kind: string, name: string): void {
    if (this.#links === undefined) return;
    const message = `The ${kind} "${name}" was registered for templates after the application had started.`;
    throw new Tina4Error("TEMPLATE_TOO_LATE", message);
  }
}
