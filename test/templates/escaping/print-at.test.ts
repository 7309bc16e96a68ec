import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { JsonText } from "../../../src/templates/json-text.ts";
import { Markup } from "../../../src/templates/markup.ts";
import { fillIn, problemOf } from "./fill-in.ts";

const NASTY = `<b> & "c" 'd'`;

type Row = readonly [template: string, value: unknown, page: string];

const PAGES: Readonly<Record<string, readonly Row[]>> = {
  "text of elements and attributes with the names of what every object has": [
    ["<constructor __proto__='{{ v }}'>{{ v }}</constructor>", "<", "<constructor __proto__='&lt;'>&lt;</constructor>"],
  ],
  "text with entities": [
    ["<p>{{ v }}</p>", NASTY, "<p>&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</p>"],
    ["<p>{{ v }}</p>", null, "<p></p>"],
    ["<p>{{ v }}</p>", 12, "<p>12</p>"],
    ["<p>{{ v }}</p>", "a\0\r`", "<p>a\uFFFD&#13;&#96;</p>"],
    ["1 < 2 {{ v }}", "<", "1 < 2 &lt;"],
  ],
  "markup in text as it stands, and elsewhere as the text it is": [
    ["<p>{{ v }}</p>", new Markup("<b>&amp;</b>"), "<p><b>&amp;</b></p>"],
    ['<p title="{{ v }}">', new Markup("<b>\"&amp;'</b>"), '<p title="&lt;b&gt;&quot;&amp;&#39;&lt;/b&gt;">'],
    ["<title>{{ v }}</title>", new Markup("<b>&amp;"), "<title>&lt;b&gt;&amp;</title>"],
    ["<script>a = {{ v }}</script>", new Markup("<b>"), '<script>a = "\\u003cb\\u003e"</script>'],
    ["<script>a = {{ v }}</script>", [new Markup("x")], '<script>a = ["x"]</script>'],
    ['<a href="{{ v }}">', new Markup("/?a=1&amp;b=2"), '<a href="/?a=1&amp;b=2">'],
    ['<a href="{{ v }}">', new Markup("javascript&#58;x"), '<a href="javascript&amp;#58;x">'],
  ],
  "attributes, which get the quotes they lack": [
    ['<p title="{{ v }}">', NASTY, '<p title="&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;">'],
    ["<p title={{ v }} id=x>", "", '<p title="" id=x>'],
    ["<p title={{ v }}>", " onclick=x", '<p title=" onclick=x">'],
    ["<p title=a{{ v }}/>", " b\t=>'", "<p title=a&#32;b&#9;&#61;&gt;&#39;/>"],
    ["<p title={{ v }}b/ id=x>", "a", '<p title="ab/" id=x>'],
    ['<p title={{ v }}"b>', "a", '<p title="a&quot;b">'],
  ],
  "comments without anything that ends them": [
    ["<!--{{ v }}-->", "--><b>", "<!-- &#45;&#45;&gt;&lt;b&gt;-->"],
    ["<!-- {{ v }} -->", "ab", "<!-- ab -->"],
    ["<!-- {{ v }} -->", "!", "<!-- &#33; -->"],
  ],
  "the first line of a textarea, which browsers would drop": [
    ["<textarea>{{ v }}</textarea>", "\na", "<textarea>\n\na</textarea>"],
    ["<textarea>b{{ v }}</textarea>", "\na", "<textarea>b\na</textarea>"],
  ],
  "scripts with JSON": [
    [
      "<script>a = {{ v }};</script>",
      { b: ["</script>", 1, true, null] },
      '<script>a = {"b":["\\u003c/script\\u003e",1,true,null]};</script>',
    ],
    ["<script>a = {{ v }};</script>", undefined, "<script>a = null;</script>"],
    ["<script>a = 1 -{{ v }};</script>", -1, "<script>a = 1 - -1;</script>"],
    ["<script>f(...{{ v }});</script>", [5], "<script>f(...[5]);</script>"],
    ["<script>for (const a of {{ v }});</script>", [5], "<script>for (const a of [5]);</script>"],
    ["<script>return{{ v }};</script>", 5, "<script>return 5;</script>"],
    ["<script>a = {{ v }};</script>", 2n ** 60n, '<script>a = "1152921504606846976";</script>'],
    ["<script>a = {{ v }};</script>", 7n, "<script>a = 7;</script>"],
    [
      "<script>a = {{ v }}; b = c / d; e = '{{ v }}'</script>",
      "'",
      "<script>a = \"\\u0027\"; b = c / d; e = '\\u0027'</script>",
    ],
    ["<script>a = {{ v }};</script>", JSON.parse('{"__proto__":1}'), '<script>a = {["__proto__"]:1};</script>'],
    [
      '<script type="application/json">{{ v }}</script>',
      JSON.parse('{"__proto__":1}'),
      '<script type="application/json">{"__proto__":1}</script>',
    ],
    [
      "<script>a = {{ v }};</script>",
      { m: new Map([["__proto__", new Set([1, "<"])]]) },
      '<script>a = {"m":{["__proto__"]:[1,"\\u003c"]}};</script>',
    ],
    [
      '<script type="application/json">{{ v }}</script>',
      new Map([[1, new Set([2n])]]),
      '<script type="application/json">{"1":[2]}</script>',
    ],
    ["<script>a = {{ v }};</script>", new JsonText("[1.0]"), "<script>a = [1.0];</script>"],
    ["<script>a = {{ v }};</script>", [new JsonText("[1]")], "<script>a = [[1]];</script>"],
    ["<script type=module>f({{ v }})</script>", "a", '<script type=module>f("a")</script>'],
    ["<b onclick='f({{ v }})'>", "a'", "<b onclick='f(&quot;a\\u0027&quot;)'>"],
    ["<b onclick=\"f('{{ v }}')\">", "');x('", "<b onclick=\"f('\\u0027);x(\\u0027')\">"],
    ["<b @click='f({{ v }})' x-on:focus='{{ v }}'>", 1, "<b @click='f(1)' x-on:focus='1'>"],
  ],
  "styles with words and numbers, and strings of CSS": [
    ['<p style="width: {{ v }}px">', 12.5, '<p style="width: 12.5px">'],
    ['<p style="color: {{ v }}">', "#fff", '<p style="color: #fff">'],
    ['<p style="color: {{ v }}">', "red; top: 0", '<p style="color: blocked">'],
    ['<p style="color: {{ v }}">', "url(x)", '<p style="color: blocked">'],
    ["<p style=\"font-family: '{{ v }}'\">", "a'b", "<p style=\"font-family: 'a\\27 b'\">"],
    ["<style>a { width: calc(1px + {{ v }}px) }</style>", 3, "<style>a { width: calc(1px + 3px) }</style>"],
    ["<style>@media (min-width: {{ v }}px) {}</style>", 3, "<style>@media (min-width: 3px) {}</style>"],
  ],
};

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "A value cannot be an attribute or its name": [
    "<p {{ v }}>",
    "<p a{{ v }}>",
    "<p a {{ v }}>",
    '<p a="b"{{ v }}>',
    "<p/{{ v }}>",
  ],
  "A value cannot be the name of an element": ["<h{{ v }}>", "</h{{ v }}>"],
  "A value after < could become a tag": ["<{{ v }}>", "</{{ v }}>", "<!{{ v }}>", "<!-{{ v }}-->", "<!doc{{ v }}>"],
  "No value can stand in a doctype": ["<!doctype {{ v }}>"],
  "Browsers read this as a comment": ["<?{{ v }}?>", "</ {{ v }}>", "<!x {{ v }}>"],
  "After plaintext": ["<plaintext>{{ v }}"],
  "Browsers read neither tags nor entities": [
    "<iframe>{{ v }}</iframe>",
    "<xmp>{{ v }}</xmp>",
    "<noembed>{{ v }}</noembed>",
    "<noframes>{{ v }}</noframes>",
  ],
  "The value could complete a tag": [
    "<title></{{ v }}</title>",
    "<textarea></texta{{ v }}",
    "<script>'</scr{{ v }}'</script>",
    "<script>'<{{ v }}'</script>",
    "<noscript><p title='</no{{ v }}'></noscript>",
  ],
  "Nobody can say how a script of this type": [
    "<script type=text/template>{{ v }}</script>",
    "<script type='text/javascript; charset=utf-8'>{{ v }}</script>",
    "<script type=text&#47;html>{{ v }}</script>",
    "<script language=vbscript>{{ v }}</script>",
    "<script type=text/html type=module>{{ v }}</script>",
  ],
  "The type of a script decides": ["<script type='{{ v }}'></script>"],
  "No value is safe in a template literal": [
    "<script>`{{ v }}`</script>",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what is tested
    "<script>`${a}{{ v }}`</script>",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what is tested
    "<script>`${`${{}}`}{{ v }}`</script>",
  ],
  "No value is safe in a regular expression": [
    "<script>a = /x{{ v }}/</script>",
    "<script>return /[/]{{ v }}/</script>",
  ],
  "After this slash": ["<script>a /{{ v }}</script>"],
  "A slash before may be a division": [
    "<script>if (a) /b/; c = {{ v }}</script>",
    "<script>a++ / 2; {{ v }}</script>",
    "<script>} /x/; {{ v }}</script>",
  ],
  "No value is printed into a comment of a script": ["<script>// {{ v }}</script>", "<script>/* {{ v }} */</script>"],
  "A comment of HTML ends in the script": ["<script>\n--> x\na = {{ v }}</script>"],
  "A comment of HTML begins in the script": [
    "<script><!--\na = {{ v }}</script>",
    "<script>'<!--{{ v }}>'</script>",
    "<script>a = '<!--'; b = '{{ v }}'</script>",
    "<script type=application/json>{'<!--<script >': {{ v }}}</script>",
  ],
  "A value can only stand where an expression begins": [
    "<script>a{{ v }}</script>",
    "<script>f() {{ v }}</script>",
    "<script>{{ v }}{{ v }}</script>",
    "<script>a.{{ v }}</script>",
    "<script>a++ {{ v }}</script>",
  ],
  "A string before is not closed": ["<script>a = 'b\n{{ v }}</script>"],
  "No value may follow a backslash": [
    "<script>'\\{{ v }}'</script>",
    "<style>a { b: '\\{{ v }}' }</style>",
    "<style>a { b: \\{{ v }} }</style>",
    '<script type="application/json">"\\{{ v }}"</script>',
  ],
  "No value is printed into a comment of CSS": ["<style>/* {{ v }} */</style>"],
  "No value is safe in url": [
    "<p style='background: url({{ v }})'>",
    "<p style='background: URL( {{ v }})'>",
    "<style>@import url({{ v }})</style>",
  ],
  "This string may name something to load": [
    "<p style='background: url(\"{{ v }}\")'>",
    '<style>@import "{{ v }}"</style>',
    '<style>a { b: image-set("{{ v }}") }</style>',
  ],
  "Only values of CSS can be printed": [
    '<p style="{{ v }}">',
    '<p style="{{ v }}: 1px">',
    "<style>{{ v }} {}</style>",
    "<style>a { {{ v }}: 1px }</style>",
  ],
  "What stands before leaves open": [
    "<style>a { b: u\\72l({{ v }}) }</style>",
    "<style>a { b: {{ v }}({{ v }}) }</style>",
  ],
  "In svg and math, scripts and styles": [
    "<svg><script>{{ v }}</script></svg>",
    "<svg><style>a { b: {{ v }} }</style></svg>",
  ],
  "The value of srcdoc": ['<iframe srcdoc="{{ v }}"></iframe>'],
  "No value is safe in a meta refresh": [
    '<meta http-equiv="refresh" content="0; url={{ v }}">',
    '<meta http-equiv=" Refresh" content="{{ v }}">',
    '<meta http-equiv="re&#102;resh" content="{{ v }}">',
  ],
  "The value printed into content before": ['<meta content="{{ v }}" http-equiv=refresh>'],
  "http-equiv decides": ['<meta http-equiv="{{ v }}" content="x">'],
  "The value could complete an entity": [
    '<p onclick="&#{{ v }};">',
    '<a href="&{{ v }};">',
    '<p style="a: &{{ v }};">',
  ],
};

describe("printAt", () => {
  for (const [what, rows] of Object.entries(PAGES)) {
    it(`prints ${what}`, () => {
      for (const [template, value, page] of rows) assert.equal(fillIn(template, value), page, template);
    });
  }

  for (const [problem, templates] of Object.entries(REFUSED)) {
    it(`refuses: ${problem}`, () => {
      for (const template of templates) assert.equal(problemOf(template).slice(0, problem.length), problem, template);
    });
  }
});
