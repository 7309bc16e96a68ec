// Template engines with their escaping on, each ready to render the pages of template-pages.mjs, compiled once and kept.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EDGE_PAGES, ETA_PAGES, greeting, TWIG_PAGES } from "./template-pages.mjs";

const SLOWNESS = 1_000;
const TWIG_FOLDER = mkdtempSync(join(tmpdir(), "tina4-bench-"));
for (const [name, text] of Object.entries(TWIG_PAGES)) writeFileSync(join(TWIG_FOLDER, name), text);
process.once("exit", () => rmSync(TWIG_FOLDER, { recursive: true }));

/** Each loads one engine; what it gives makes a new one, which gives a page or a promise of one. */
export const TEMPLATE_ENGINES = { frond: loadFrond, eta: loadEta, nunjucks: loadNunjucks, "edge.js": loadEdge };

async function loadFrond() {
  const { Frond } = await import("../../dist/templates/frond.js");
  return () => {
    const frond = new Frond({ folder: TWIG_FOLDER, checksForChanges: false, now: slowClock });
    frond.addFilter("greeting", greeting);
    return (name, data) => frond.render(name, data, undefined);
  };
}

/** While instructions are counted all takes many times as long, and a page would be cut off for the time it takes. */
function slowClock() {
  return Date.now() / SLOWNESS;
}

async function loadEta() {
  const { Eta } = await import("eta");
  return () => {
    const eta = new Eta({ autoEscape: true, autoTrim: false, cache: true });
    for (const [name, text] of Object.entries(ETA_PAGES)) {
      const isAsync = name === "later";
      eta.loadTemplate(`@${name}`, eta.compile(text, { async: isAsync }), { async: isAsync });
    }
    return (name, data) =>
      name === "later" ? eta.renderAsync("@later", { ...data, greeting }) : eta.render(`@${name}`, data);
  };
}

async function loadNunjucks() {
  const { default: nunjucks } = await import("nunjucks");
  const loader = { getSource: (name) => ({ src: TWIG_PAGES[name], path: name, noCache: false }) };
  return () => {
    const environment = new nunjucks.Environment(loader, { autoescape: true });
    environment.addFilter("greeting", (shop, done) => greeting(shop).then((text) => done(null, text)), true);
    const templates = new Map();
    return (name, data) => {
      if (!templates.has(name)) templates.set(name, environment.getTemplate(name, true));
      const template = templates.get(name);
      if (name !== "later") return template.render(data);
      return new Promise((resolve, reject) =>
        template.render(data, (error, page) => (error ? reject(error) : resolve(page))),
      );
    };
  };
}

async function loadEdge() {
  const { Edge } = await import("edge.js");
  return () => {
    const edge = Edge.create({ cache: true });
    edge.global("greeting", greeting);
    for (const [name, template] of Object.entries(EDGE_PAGES)) edge.registerTemplate(name, { template });
    return (name, data) => (name === "table" ? edge.renderSync(name, data) : edge.render(name, data));
  };
}
