import { escapeControls } from "../text/escape-controls.ts";

const PLAIN_SPACE = /([\n\t])/;

/** Makes foreign text fit for a page: what could turn its reading direction or hide in it is spelled out, line ends and tabs stay. */
export function shownText(text: string): string {
  return text
    .split(PLAIN_SPACE)
    .map((part) => (PLAIN_SPACE.test(part) ? part : escapeControls(part)))
    .join("");
}
