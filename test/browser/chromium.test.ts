import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";

const PAGE = "<!doctype html><html lang=en><title>Page</title><link rel=icon href=data:,>";
const PAGES: Readonly<Record<string, string>> = {
  "/quiet": `${PAGE}<script src="/set-title.js"></script>`,
  "/inline": `${PAGE}<p style="color:red">Red</p><script>document.title = "Inline"</script>`,
  "/loud": `${PAGE}<script src="/loud.js"></script>`,
  "/set-title.js": "document.title = 'Set';",
  "/loud.js": "fetch('/missing').then(() => { console.error('said'); throw new Error('thrown'); });",
};

describe("useChromium", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  let server: Server;
  let origin: string;

  before(async () => {
    server = createServer(({ url = "" }, response) => {
      const type = url.endsWith(".js") ? "text/javascript" : "text/html";
      response.writeHead(PAGES[url] === undefined ? 404 : 200, {
        "Content-Type": type,
        "Content-Security-Policy": "default-src 'self'; img-src data:",
      });
      response.end(PAGES[url]);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  it("has no complaint about a page that keeps to its policy", async () => {
    const { page, complaints, leave } = await chromium.visitor();
    await page.goto(`${origin}/quiet`);
    assert.equal(await page.title(), "Set");
    assert.deepEqual(await complaints(), []);
    await leave();
  });

  it("hears each violation of a policy, and what the console says of it", async () => {
    const { page, complaints, leave } = await chromium.visitor();
    await page.goto(`${origin}/inline`);
    assert.equal(await page.title(), "Page");
    const heard = await complaints();
    assert.ok(heard.includes("style-src-attr refuses inline on /inline"), heard.join("\n"));
    assert.ok(heard.includes("script-src-elem refuses inline on /inline"), heard.join("\n"));
    await leave();
  });

  it("hears errors, and leaves out nothing but the failures that were expected", async () => {
    const { page, complaints, leave } = await chromium.visitor();
    const thrown = page.waitForEvent("pageerror");
    await page.goto(`${origin}/loud`);
    await thrown;
    assert.deepEqual(await complaints(404), ["said", "Error: thrown"]);
    const missing = "Failed to load resource: the server responded with a status of 404 (Not Found)";
    assert.deepEqual(await complaints(400, "net::ERR_FAILED"), [missing, "said", "Error: thrown"]);
    await leave();
  });

  it("gives each visitor cookies of their own, which their tabs share", async () => {
    const [one, other] = [await chromium.visitor(), await chromium.visitor()];
    const tab = await one.openTab();
    for (const page of [one.page, other.page, tab]) await page.goto(`${origin}/quiet`);
    await one.page.evaluate("document.cookie = 'mine=1'");
    assert.equal(await tab.evaluate("document.cookie"), "mine=1");
    assert.equal(await other.page.evaluate("document.cookie"), "");
    await Promise.all([one.leave(), other.leave()]);
  });
});
