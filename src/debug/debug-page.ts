import type { Response } from "../http/response.ts";
import { Html, html } from "../text/html.ts";
import { PAGE_STYLE } from "./page-style.ts";

/** Stricter than any policy that a project may set: nothing is loaded, framed or run; the empty icon saves a request. */
const POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const HEADERS: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": POLICY,
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};
const CORS_HEADERS = ["Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"];

export interface DebugPageParts {
  readonly title: string;
  readonly header: Html;
  readonly body: Html;
  readonly footer: Html;
}

/**
 * Writes a whole page for the developer at this machine, and sees to it that no cache, frame or script of another site gets it.
 *
 * @see CWE-524, CWE-1021
 */
export function debugPage(response: Response, { title, header, body, footer }: DebugPageParts): string {
  for (const [name, value] of Object.entries(HEADERS)) response.header(name, value);
  for (const name of CORS_HEADERS) response.removeHeader(name);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style nonce="${response.cspNonce()}">${new Html(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>${header}</header>
<main id="content">
${body}
</main>
<footer>${footer}</footer>
</body>
</html>
`.toString();
}
