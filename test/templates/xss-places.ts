/** A place in a page where a value is printed. */
export interface XssPlace {
  readonly name: string;
  /** With `{{ v }}` for the value. */
  readonly template: string;
  /** An expression over `box`, the element around it, that must give the value itself. */
  readonly reads?: string;
}

const attribute = (selector: string, name: string): string =>
  `box.querySelector("${selector}").getAttribute("${name}")`;

export const XSS_PLACES: readonly XssPlace[] = [
  { name: "text", template: "<p>{{ v }}</p>", reads: 'box.querySelector("p").textContent' },
  { name: "text beside text", template: "<p>a{{ v }}b{{ v }}</p>" },
  { name: "text after an ampersand", template: "<p>&{{ v }};</p>" },
  {
    name: "cell of a table",
    template: "<table><tr><td>{{ v }}</td></tr></table>",
    reads: 'box.querySelector("td").textContent',
  },
  { name: "text of an option", template: "<select><option>{{ v }}</option></select>" },
  { name: "text in svg", template: "<svg><text>{{ v }}</text></svg>", reads: 'box.querySelector("text").textContent' },
  {
    name: "title of svg",
    template: "<svg><title>{{ v }}</title></svg>",
    reads: 'box.querySelector("title").textContent',
  },
  { name: "text in math", template: "<math><mi>{{ v }}</mi></math>" },
  { name: "title", template: "<title>{{ v }}</title>", reads: 'box.querySelector("title").textContent' },
  { name: "textarea", template: "<textarea>{{ v }}</textarea>", reads: 'box.querySelector("textarea").textContent' },
  { name: "noscript", template: "<noscript><p title='{{ v }}'>{{ v }}</p></noscript>" },
  { name: "template element", template: "<template><p>{{ v }}</p></template>" },
  { name: "comment", template: "<!--{{ v }}--><b>x</b>" },
  { name: "comment with text", template: "<!-- a -{{ v }}- b --><b>x</b>" },
  { name: "double quotes", template: '<p title="{{ v }}">x</p>', reads: attribute("p", "title") },
  { name: "single quotes", template: "<p title='{{ v }}'>x</p>", reads: attribute("p", "title") },
  { name: "no quotes", template: "<p title={{ v }} tabindex=0>x</p>", reads: attribute("p", "title") },
  { name: "no quotes, with text", template: "<p title=a{{ v }}b id=x{{ v }}>x</p>" },
  { name: "no quotes, before a slash", template: "<input value={{ v }}/>" },
  { name: "value", template: '<input value="{{ v }}">', reads: attribute("input", "value") },
  { name: "data attribute", template: '<p data-x="{{ v }}">x</p>', reads: "box.querySelector('p').dataset.x" },
  { name: "class", template: '<p class="a {{ v }}">x</p>' },
  { name: "meta", template: '<meta name="description" content="{{ v }}">', reads: attribute("meta", "content") },
  { name: "link", template: '<a href="{{ v }}">x</a>' },
  { name: "link without quotes", template: "<a href={{ v }}>x</a>" },
  { name: "link of two values", template: '<a href="{{ v }}{{ v }}">x</a>' },
  { name: "link after letters", template: '<a href="java{{ v }}">x</a>' },
  { name: "link after a slash", template: '<a href="/{{ v }}">x</a>' },
  { name: "link below a path", template: '<a href="/users/{{ v }}/edit">x</a>' },
  {
    name: "query",
    template: '<a href="/search?q={{ v }}&amp;page=2">x</a>',
    reads: "new URL(box.querySelector('a').href).searchParams.get('q')",
  },
  { name: "fragment", template: '<a href="#{{ v }}">x</a>' },
  { name: "host", template: '<a href="https://{{ v }}/x">x</a>' },
  { name: "mail address", template: '<a href="mailto:{{ v }}">x</a>' },
  { name: "link in svg", template: '<svg><a xlink:href="{{ v }}"><text>x</text></a></svg>' },
  {
    name: "animated link",
    template: '<svg><a href="#"><set attributeName="href" to="{{ v }}"/><text>x</text></a></svg>',
  },
  { name: "form", template: '<form action="{{ v }}"><button formaction="{{ v }}">x</button></form>' },
  { name: "picture", template: '<img alt="" src="{{ v }}">' },
  { name: "pictures", template: '<img alt="" srcset="{{ v }}">' },
  { name: "one of several pictures", template: '<img alt="" srcset="/a.png 1x, {{ v }} 2x">' },
  { name: "frame", template: '<iframe src="{{ v }}"></iframe>' },
  { name: "object", template: '<object data="{{ v }}"></object>' },
  { name: "script source", template: '<script src="{{ v }}"></script>' },
  { name: "script source below a path", template: '<script src="/js/{{ v }}/x.js"></script>' },
  { name: "style sheet", template: '<link rel="stylesheet" href="{{ v }}">' },
  { name: "style attribute", template: '<p style="width: {{ v }}; color: red">x</p>' },
  { name: "string in a style attribute", template: `<p style="font-family: '{{ v }}', serif">x</p>` },
  { name: "style element", template: "<style>.x-none { width: {{ v }}px; }</style>" },
  { name: "string in a style element", template: '<style>.x-none::before { content: "{{ v }}"; }</style>' },
  { name: "value in a script", template: "<script>box().read = {{ v }};</script>", reads: "box.read" },
  { name: "values in a script", template: "<script>box().read = [{{ v }},{{ v }}][0];</script>", reads: "box.read" },
  { name: "value after a slash", template: "<script>box().read = 1 / {{ v }} / 2;</script>" },
  { name: "single-quoted string", template: "<script>box().read = '{{ v }}';</script>", reads: "box.read" },
  { name: "double-quoted string", template: '<script>box().read = "{{ v }}";</script>', reads: "box.read" },
  {
    name: "key in a script",
    template: "<script>box().read = { [{{ v }}]: 1 };</script>",
    reads: "Object.keys(box.read)[0]",
  },
  { name: "module", template: '<script type="module">const x = [{{ v }}, "{{ v }}"];</script>' },
  {
    name: "JSON",
    template: '<script type="application/json">{"a": {{ v }}, "b": "{{ v }}"}</script>',
    reads: 'JSON.parse(box.querySelector("script").textContent).a',
  },
  {
    name: "handler",
    template: '<button onclick="this.read = {{ v }}">x</button>',
    reads: 'box.querySelector("button").read',
  },
  {
    name: "string in a handler",
    template: `<button onclick="this.read = '{{ v }}'">x</button>`,
    reads: 'box.querySelector("button").read',
  },
  { name: "handler without quotes", template: "<button onclick=this.read={{ v }}>x</button>" },
];
