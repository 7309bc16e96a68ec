import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Frond } from "../../src/templates/frond.ts";
import type { XssPlace } from "../templates/xss-places.ts";

/** Answers `/0`, `/1` … with a page for each place, in which every value is printed into a box of its own. No policy guards them. */
export interface HostilePages {
  readonly origin: string;
  close(): Promise<void>;
}

/** Before everything else, as strings call it in frames too. */
const WATCH = `globalThis.hits = [];
globalThis.box = () => document.currentScript.closest(".box");
globalThis.hit = () => hits.push("hit() in " + (document.currentScript?.outerHTML ?? event?.type));
Object.defineProperty(globalThis, "__hit", { set: (value) => hits.push("__hit = " + value) });`;

export async function serveHostilePages(
  places: readonly XssPlace[],
  valuesOf: (place: XssPlace) => readonly string[],
): Promise<HostilePages> {
  const folder = mkdtempSync(join(tmpdir(), "hostile-pages-"));
  for (const [index, { template }] of places.entries()) {
    writeFileSync(join(folder, `${index}.twig`), pageOf(template));
  }
  const frond = new Frond<null>({ folder, checksForChanges: false });
  const server = createServer((request, response) => {
    const place = places[Number(request.url?.slice(1))];
    // What pages load by themselves is empty; in a frame of its own a page would load itself over and over.
    if (place === undefined || request.headers["sec-fetch-dest"] !== "document") return response.end();
    return response
      .setHeader("content-type", "text/html; charset=utf-8")
      .end(frond.render(`${places.indexOf(place)}.twig`, { values: valuesOf(place) }, null));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true });
    },
  };
}

function pageOf(template: string): string {
  return `<!doctype html><html lang="en"><head><script>${WATCH}</script></head><body>
{% for v in values %}<div class="box">${template}</div>
{% endfor %}</body></html>`;
}
