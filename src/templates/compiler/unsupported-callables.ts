const PLAIN_FORM = "Write the form in HTML, with {{ form_token() }} in it.";

/** Filters, functions and tests that Symfony and other engines have, and what to write instead. */
export const UNSUPPORTED_CALLABLES: Readonly<Record<"filter" | "function" | "test", ReadonlyMap<string, string>>> = {
  filter: new Map([
    ["count", "Write |length."],
    ["escapejs", "Leave it out: what is printed in a script is JSON."],
    ["json", "Write |json_encode."],
    ["safe", "Write |raw for what is markup already."],
    ["truncate", "Write |slice(0, …)."],
  ]),
  function: new Map([
    ["csrf_field", "Write form_token(), which prints the whole field."],
    ["csrf_token", "Write form_token(), which prints the whole field."],
    ["dump", "Write {{ value|json_encode }}."],
    ["form", PLAIN_FORM],
    ["form_start", PLAIN_FORM],
    ["form_widget", PLAIN_FORM],
    ["is_granted", "Give the page what its visitor may do."],
    ["path", "Write url(name, {…})."],
    ["render", "Write include(name, {…}), and give the page what that needs."],
  ]),
  test: new Map([["undefined", 'Write "is not defined".']]),
};
