import { pageDataOf } from "./page-data.ts";
import { ResponseContent } from "./response-content.ts";

export const HTML_TYPE = "text/html; charset=utf-8";

/** The answer that is a page made of a template. */
export abstract class ResponsePage extends ResponseContent {
  /**
   * Answers with a page: a template of `src/templates`, with what it is to show. Whatever it prints is escaped for the place where
   * it stands, so nothing in the data can become markup or script.
   *
   * @param template Relative to `src/templates`, as `contact.twig`.
   * @param data What the template calls by name: a plain object.
   * @param status 200 to 599. Default: the status set before, else 200.
   * @returns The response, once the page is made: `return` or `await` it.
   * @throws {Tina4Error} TEMPLATE_MISSING, TEMPLATE_INVALID or TEMPLATE_FAILED, with file, line and column, for the log alone;
   *   RESPONSE_INVALID when the data is no plain object.
   * @example
   * ```ts
   * import { mkdirSync, writeFileSync } from "node:fs";
   * import { createApp } from "tina4-ts";
   * mkdirSync("src/templates", { recursive: true });
   * writeFileSync("src/templates/hello.twig", "<p>Hello, {{ name }}</p>");
   * const app = createApp();
   * app.get("/hello", (_request, response) => response.render("hello.twig", { name: "<Alice>" }));
   * const answer = await app.dispatch({ path: "/hello", headers: { Host: "localhost" } });
   * await answer.text(); // "<p>Hello, &lt;Alice&gt;</p>"
   * ```
   * @see CWE-79
   */
  async render(template: string, data: object = {}, status?: number): Promise<this> {
    return await this.renderPage(template, data, status);
  }

  /** @internal Does what `render` does, and at once where the template waits for nothing. */
  renderPage(template: string, data: object, status?: number): this | Promise<this> {
    const page = { formToken: () => this.context.formToken(), cspNonce: () => this.cspNonce() };
    const markup = this.lender.renderPage(template, pageDataOf(data, template), page);
    const answer = (html: string): this => this.setBody(html, HTML_TYPE, status);
    return typeof markup === "string" ? answer(markup) : markup.then(answer);
  }
}
