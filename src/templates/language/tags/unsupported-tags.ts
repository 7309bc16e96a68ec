/** Tags that Twig has or had, and what to write instead. */
export const UNSUPPORTED_TAGS: ReadonlyMap<string, string> = new Map([
  ["autoescape", "Every place escapes what is printed there; write |raw for what is markup already."],
  ["cache", "Keep the value in your application."],
  ["deprecated", "Write a comment."],
  ["embed", "Write {% include %}, or a template of its own that extends the other one."],
  ["filter", "Write {% apply %}."],
  ["flush", "A page is sent when it is complete."],
  ["guard", "All functions are known when a template is compiled."],
  ["line", "Errors name the lines of the file."],
  ["raw", "Write {% verbatim %} for text that is no template, and |raw for markup."],
  ["sandbox", "All templates are restricted: they see only the data that they are given."],
  ["spaceless", "Write {%- and -%} where white space shall go."],
  ["trans", "Register a function that translates."],
  ["types", "Write a comment."],
  ["use", "Write {% import %} for macros, or {% extends %} for blocks."],
]);
