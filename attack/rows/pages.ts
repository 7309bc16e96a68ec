import assert from "node:assert/strict";
import { headerOf } from "../answers.ts";
import { FILE_SECRET } from "../project.ts";
import { type AttackRow, inProcess, row } from "../row.ts";
import type { Target } from "../target.ts";

const HOSTILE = `<script>"'&\``;

const page = async (target: Target, name: string, query = ""): Promise<string> => {
  const { status, body } = await target.ask("GET", `/render/${name}?${query}`);
  assert.equal(status, 200, body);
  return body;
};

async function escaping(target: Target): Promise<void> {
  const body = await page(target, "text", `v=${encodeURIComponent(HOSTILE)}`);
  assert.doesNotMatch(body, /<script|title="[^"]*"[^ >]/);
  const escaped = "&lt;script&gt;&quot;&#39;&amp;&#96;";
  assert.ok(body.startsWith(`<p title="${escaped}" class='${escaped}'>${escaped}</p>`), body);
  const link = await page(target, "text", "v=javascript:alert(1)");
  assert.doesNotMatch(link, /href="javascript/);
}

async function otherTypes(target: Target): Promise<void> {
  const body = await page(target, "text", "v[]=<script>&v[]=%22onx%3d%22");
  assert.doesNotMatch(body, /<script|"onx/);
}

async function includes(target: Target): Promise<void> {
  assert.match(await page(target, "include", "name=part.twig"), /<p>part<\/p>/);
  const names = [
    "../../outside.twig",
    "/etc/passwd",
    `${target.project.root}/outside.twig`,
    "part.twig%00",
    "https://evil.example/a",
  ];
  for (const name of names) {
    const { status, body } = await target.ask("GET", `/render/include?name=${name}`);
    assert.equal(status, 500, name);
    assert.ok(!body.includes(FILE_SECRET) && !body.includes("root:"), name);
  }
}

export const PAGE_ROWS: readonly AttackRow[] = [
  row("X01", "markup and quotes in text, attributes and links", "escaped for each place", escaping),
  row("X02", "a list in the place of text", "escaped after it became text", otherTypes),
  inProcess("X07", "a visitor's text as template", "no function renders one"),
  row("X08", "a way to functions through members", "nothing is reached", async (target) => {
    assert.equal(await page(target, "reach", "v=text"), "[]");
    for (const name of ["call", "self"]) {
      const { body } = await target.ask("GET", `/render/${name}?v=text`);
      assert.doesNotMatch(body, /function|process|native|Object/, name);
    }
  }),
  row("X09", "a loop of a billion", "an error at the limit", async (target) => {
    await target.deny500("/render/steps");
  }),
  row("X10", "an include named by the visitor", "nothing outside of the folder", includes),
  row("X12", "what form_token() prints", "one field, safe in an attribute", async (target) => {
    const { body } = await target.ask("GET", "/page");
    assert.match(body, /^<input type="hidden" name="formToken" value="[\w.-]+">$/);
  }),
  row("X15", "?callback=", "no script is made of an answer", async (target) => {
    const answer = await target.ask("GET", "/open?callback=alert");
    assert.equal(answer.body, '{"sub":null}');
    assert.equal(headerOf(answer, "Content-Type"), "application/json; charset=utf-8");
  }),
  inProcess("X16", "markup in an answer that the browser script shows", "text, never markup"),
  inProcess("X17", "elements named like members of the document", "the browser script is not misled"),
  row("X19", "markup in the name of a query parameter", "escaped", async (target) => {
    assert.equal(await page(target, "names", "%3Cb%3E=1"), "<p>&lt;b&gt;</p>");
  }),
];
