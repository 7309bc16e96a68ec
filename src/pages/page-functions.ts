import { Tina4Error } from "../errors.ts";
import { isPageData } from "../http/page-data.ts";
import type { Page } from "../http/response-lender.ts";
import { Markup } from "../templates/markup.ts";
import type { PageLinks } from "./page-links.ts";

/** A page while it is made: the answer that it becomes, and where it leads. */
export interface LinkedPage extends Page {
  readonly links: PageLinks;
}

export type PageFunction = (page: LinkedPage, ...args: unknown[]) => unknown;

/** What templates can call of the application. Whatever is no `Markup` is escaped for the place where it is printed. */
export const PAGE_FUNCTIONS: Readonly<Record<string, PageFunction>> = {
  /** A hidden field with a token of its own. A token is made of characters that mean nothing in markup. */
  form_token: (page) => new Markup(`<input type="hidden" name="formToken" value="${page.formToken()}">`),
  csp_nonce: (page) => page.cspNonce(),
  url: ({ links }, name, params = {}) => {
    if (isPageData(params)) return links.routes.url(name, params);
    throw new Tina4Error("OPTION_INVALID", 'url() takes its parameters by name: url("order", { id: 7 }).');
  },
  asset: ({ links }, path) => links.asset(path),
};
