import { STATUS_CODES } from "node:http";
import type { Refusal } from "../errors.ts";
import { escapeHtml } from "../text/escape-html.ts";

/**
 * The page that a browser gets for a refusal: markup only, since the policy of every response forbids inline styles and scripts.
 *
 * @param requestId What the visitor can quote to whoever reads the log; empty when the request was refused before it got a name.
 */
export function errorPage({ status, message }: Refusal, requestId: string): string {
  const reason = STATUS_CODES[status] ?? "Error";
  const title = escapeHtml(`${status} ${reason}`);
  const details = [
    ...(message.toLowerCase() === reason.toLowerCase() ? [] : [`<p>${escapeHtml(message)}</p>`]),
    ...(requestId === "" ? [] : [`<hr>\n<p><small>Request ${escapeHtml(requestId)}</small></p>`]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
</head>
<body>
<main>
<h1>${title}</h1>
${details.join("\n")}
</main>
</body>
</html>
`;
}
