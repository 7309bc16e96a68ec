// A program to be counted: renders a page some times. node bench/measure/render-pages.mjs ENGINE PAGES
import { TEMPLATE_ENGINES } from "./template-engines.mjs";
import { DATA } from "./template-pages.mjs";

const [engine, pages] = process.argv.slice(2);
const render = (await TEMPLATE_ENGINES[engine]())();
let bytes = 0;
for (let page = 0; page < Number(pages); page += 1) bytes += Buffer.byteLength(render("table", DATA));
if (bytes === 0) throw new Error(`${engine} showed nothing.`);
