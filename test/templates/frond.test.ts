import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Frond } from "../../src/templates/frond.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";
import { frondOf } from "./frond-of.ts";

const page = undefined;

describe("Frond", () => {
  it("renders a template by its name, also below other folders", () => {
    const frond = frondOf({ "hello.twig": "Hello {{ name }}!", "mails/welcome.txt.twig": "Welcome." });
    assert.equal(frond.render("hello.twig", { name: "<Ann>" }, page), "Hello &lt;Ann&gt;!");
    assert.equal(frond.render("mails/welcome.txt.twig", {}, page), "Welcome.");
  });

  it("knows which templates there are, and says which one may have been meant", () => {
    const frond = frondOf({ "hello.twig": "" });
    assert.equal(frond.has("hello.twig"), true);
    assert.equal(frond.has("helo.twig"), false);
    assert.throws(() => frond.render("helo.twig", {}, page), {
      code: "TEMPLATE_MISSING",
      message: 'There is no template "helo.twig". Did you mean "hello.twig"?',
    });
  });

  it("needs no folder until a template is asked for", () => {
    const frond = new Frond({ folder: join(temporaryFolder({}), "none"), checksForChanges: true });
    assert.equal(frond.has("a.twig"), false);
    assert.deepEqual(frond.check(), []);
    assert.throws(() => frond.render("a.twig", {}, page), { code: "TEMPLATE_MISSING" });
  });

  it("refuses options that it does not know, and a folder that is not absolute", () => {
    assert.throws(() => new Frond({ folder: "/", checksForChanges: false, foldr: "/" } as never), {
      code: "OPTION_UNKNOWN",
    });
    assert.throws(() => new Frond({ folder: "templates", checksForChanges: false }), { code: "OPTION_INVALID" });
  });

  it("refuses a file that is too large, or not in UTF-8", () => {
    const frond = frondOf({
      "full.twig": "a".repeat(1024 * 1024),
      "large.twig": "a".repeat(1024 * 1024 + 1),
      "latin.twig": new Uint8Array([0x61, 0xe4]),
    });
    assert.equal((frond.render("full.twig", {}, page) as string).length, 1024 * 1024);
    assert.throws(() => frond.render("large.twig", {}, page), {
      code: "TEMPLATE_INVALID",
      message: /more than 1048576 bytes/,
    });
    assert.throws(() => frond.render("latin.twig", {}, page), { code: "TEMPLATE_INVALID", message: /is not in UTF-8/ });
  });
});

describe("Frond in production", () => {
  it("compiles a template once, and keeps it", () => {
    const folder = temporaryFolder({ "page.twig": "old" });
    const frond = new Frond({ folder, checksForChanges: false });
    assert.equal(frond.render("page.twig", {}, page), "old");
    writeFileSync(join(folder, "page.twig"), "new");
    assert.equal(frond.render("page.twig", {}, page), "old");
  });
});

describe("Frond with checksForChanges", () => {
  it("shows what any of the files is now, that a page is made of", () => {
    const folder = temporaryFolder({
      "page.twig":
        '{% extends "layout.twig" %}{% import "m.twig" as m %}{% block a %}{{ m.m() }}{% include "part.twig" %}{% endblock %}',
      "layout.twig": "layout {% block a %}{% endblock %}",
      "m.twig": "{% macro m() %}macro{% endmacro %}",
      "part.twig": " part",
    });
    const frond = new Frond({ folder, checksForChanges: true });
    assert.equal(frond.render("page.twig", {}, page), "layout macro part");
    writeFileSync(join(folder, "layout.twig"), "LAYOUT {% block a %}{% endblock %}");
    assert.equal(frond.render("page.twig", {}, page), "LAYOUT macro part");
    writeFileSync(join(folder, "m.twig"), "{% macro m() %}MACRO{% endmacro %}");
    writeFileSync(join(folder, "part.twig"), " PART");
    assert.equal(frond.render("page.twig", {}, page), "LAYOUT MACRO PART");
  });

  it("sees a change of the same size in the same moment", () => {
    const folder = temporaryFolder({ "page.twig": "old" });
    const frond = new Frond({ folder, checksForChanges: true });
    const moment = new Date(1_000_000);
    utimesSync(join(folder, "page.twig"), moment, moment);
    assert.equal(frond.render("page.twig", {}, page), "old");
    writeFileSync(join(folder, "page.twig"), "new");
    utimesSync(join(folder, "page.twig"), moment, moment);
    assert.equal(frond.render("page.twig", {}, page), "new");
  });

  it("sees that a file is there now which was missing, or is gone", () => {
    const folder = temporaryFolder({ "page.twig": '[{% include "part.twig" ignore missing %}]' });
    const frond = new Frond({ folder, checksForChanges: true });
    assert.equal(frond.render("page.twig", {}, page), "[]");
    writeFileSync(join(folder, "part.twig"), "part");
    assert.equal(frond.render("page.twig", {}, page), "[part]");
    rmSync(join(folder, "part.twig"));
    assert.equal(frond.render("page.twig", {}, page), "[]");
    rmSync(join(folder, "page.twig"));
    assert.throws(() => frond.render("page.twig", {}, page), { code: "TEMPLATE_MISSING" });
  });

  it("goes on after a mistake has been mended", () => {
    const folder = temporaryFolder({ "page.twig": "{{ 1|nope }}" });
    const frond = new Frond({ folder, checksForChanges: true });
    assert.throws(() => frond.render("page.twig", {}, page), { code: "TEMPLATE_INVALID" });
    writeFileSync(join(folder, "page.twig"), "{{ 1 }}");
    assert.equal(frond.render("page.twig", {}, page), "1");
  });
});

describe("the names of templates", () => {
  const outside = temporaryFolder({ "secret.txt": "secret" });
  const folder = temporaryFolder({ "a.twig": "a", "deep/b.twig": "b", "link-target.twig": "linked" });
  const frond = new Frond({ folder, checksForChanges: false });

  it("are relative, written in one way only, and never lead out", () => {
    const names = [
      "",
      ".",
      "..",
      "../a.twig",
      "deep/../a.twig",
      "./a.twig",
      "deep//b.twig",
      "/a.twig",
      `${folder}/a.twig`,
    ];
    names.push(
      "deep\\b.twig",
      "a.twig\0",
      "a.twig/",
      "file:///a.twig",
      "https://evil.example/a",
      "deep",
      "a.twig\n",
      "x".repeat(300),
    );
    for (const name of names) {
      assert.equal(frond.has(name), false, name);
      assert.throws(() => frond.render(name, {}, page), { code: "TEMPLATE_MISSING" }, name);
    }
  });

  it("may name links within the folder, and none that lead out of it", {
    skip: process.platform === "win32" && "links need rights there",
  }, () => {
    symlinkSync(join(folder, "link-target.twig"), join(folder, "inside.twig"));
    symlinkSync(join(outside, "secret.txt"), join(folder, "outside.twig"));
    symlinkSync(outside, join(folder, "up"));
    assert.equal(frond.render("inside.twig", {}, page), "linked");
    for (const name of ["outside.twig", "up/secret.txt"]) {
      assert.throws(() => frond.render(name, {}, page), { code: "TEMPLATE_MISSING" });
    }
  });

  it("of a sibling folder that begins alike are outside", {
    skip: process.platform === "win32" && "links need rights there",
  }, () => {
    mkdirSync(`${folder}-sibling`);
    writeFileSync(`${folder}-sibling/c.twig`, "sibling");
    symlinkSync(`${folder}-sibling/c.twig`, join(folder, "sibling.twig"));
    assert.throws(() => frond.render("sibling.twig", {}, page), { code: "TEMPLATE_MISSING" });
    rmSync(`${folder}-sibling`, { recursive: true });
  });
});
