// Microseconds for one page of 20 rows, each with 3 values and 2 conditions, beside nunjucks and eta with escaping:
// npm run build && (cd bench && npm install) && node bench/templates.mjs
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Eta } from "eta";
import nunjucks from "nunjucks";
import { Frond } from "../dist/templates/frond.js";

const ROUNDS = 41;
const PAGES_A_ROUND = 2_000;
const NS_PER_US = 1_000;

const HEAD = "<!doctype html>\n<html><head><title>Products</title></head><body><table>\n";
const FOOT = "</table></body></html>\n";
const TWIG = `${HEAD}{% for product in products %}<tr class="{% if product.isNew %}new{% else %}known{% endif %}">\
<td>{{ product.name }}</td><td>{{ product.price }}</td><td>{{ product.maker }}</td>\
<td>{% if product.stock > 0 %}in stock{% else %}sold out{% endif %}</td></tr>
{% endfor %}${FOOT}`;
const ETA = `${HEAD}<% for (const product of it.products) { %><tr class="<% if (product.isNew) { %>new<% } else { %>known<% } %>">\
<td><%= product.name %></td><td><%= product.price %></td><td><%= product.maker %></td>\
<td><% if (product.stock > 0) { %>in stock<% } else { %>sold out<% } %></td></tr>
<% } %>${FOOT}`;
const DATA = {
  products: Array.from({ length: 20 }, (_, index) => ({
    name: index % 4 === 0 ? `Tom & Jerry <${index}>` : `Product number ${index}`,
    price: 9.5 + index,
    maker: `Maker ${index % 3}`,
    isNew: index % 3 === 0,
    stock: index % 5,
  })),
};

const folder = mkdtempSync(join(tmpdir(), "tina4-bench-"));
try {
  writeFileSync(join(folder, "page.twig"), TWIG);
  const frond = new Frond({ folder, checksForChanges: false });
  const eta = new Eta({ autoEscape: true, autoTrim: false });
  const etaPage = eta.compile(ETA);
  const nunjucksPage = nunjucks.compile(TWIG, new nunjucks.Environment(null, { autoescape: true }));
  report({
    frond: () => frond.render("page.twig", DATA, undefined),
    eta: () => eta.render(etaPage, DATA),
    nunjucks: () => nunjucksPage.render(DATA),
  });
} finally {
  rmSync(folder, { recursive: true });
}

/** The engines take turns, so that what slows down the machine slows down all of them. */
function report(engines) {
  const expected = lines(engines.eta());
  const times = {};
  for (const [name, render] of Object.entries(engines)) {
    assert.equal(lines(render()), expected, `${name} shows another page than eta`);
    times[name] = [];
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, render] of Object.entries(engines)) times[name].push(microseconds(render));
  }
  process.stdout.write(`Node ${process.version}, ${ROUNDS} rounds of ${PAGES_A_ROUND} pages, median\n`);
  for (const [name, measured] of Object.entries(times)) {
    const median = measured.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)];
    process.stdout.write(`${name.padEnd(10)}${median.toFixed(1).padStart(6)} µs a page\n`);
  }
}

/** Some engines drop the end of a line after a tag, and they write one and the same entity differently. */
function lines(page) {
  return page.replace(/\n+/g, "\n").replaceAll("&#39;", "'");
}

function microseconds(render) {
  const begin = process.hrtime.bigint();
  let bytes = 0;
  for (let page = 0; page < PAGES_A_ROUND; page += 1) bytes += Buffer.byteLength(render());
  assert.ok(bytes > 0);
  return Number(process.hrtime.bigint() - begin) / PAGES_A_ROUND / NS_PER_US;
}
