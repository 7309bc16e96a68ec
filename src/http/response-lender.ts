import type { PageData } from "./page-data.ts";

/** What a page asks of the answer that it becomes. */
export interface Page {
  /** A token for one form on it. */
  formToken(): string;
  /** What lets its inline scripts and styles run. */
  cspNonce(): string;
}

/** What the application lends each response. */
export interface ResponseLender {
  /** What relative folders start from. */
  readonly projectRoot: string;
  /** Makes a page of a template: at once, or later where the template waits for something. */
  renderPage(template: string, data: PageData, page: Page): string | Promise<string>;
}
