import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { type FrondSite, openFrondSite } from "./frond-site.ts";
import { type OtherOrigin, startOtherOrigin } from "./other-origin.ts";

interface Seen {
  readonly messages: readonly string[];
  readonly code: number;
}

/** Opens a WebSocket in a page, and waits until it is closed. */
function openIn(page: Page, url: string, protocols: readonly string[] = []): Promise<Seen> {
  return page.evaluate(
    ([address, offered]) =>
      new Promise<Seen>((resolve) => {
        const messages: string[] = [];
        const socket = new WebSocket(address, [...offered]);
        socket.onmessage = ({ data }) => messages.push(String(data));
        socket.onclose = ({ code }) => resolve({ messages, code });
      }),
    [url, protocols] as const,
  );
}

describe("a WebSocket in Chromium", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  let site: FrondSite;
  let other: OtherOrigin;

  before(async () => {
    other = await startOtherOrigin();
    site = await openFrondSite({
      settings: { TINA4_SESSION_BACKEND: "memory" },
      pages: { "/": "<h1>Home</h1>" },
      addRoutes: (app) => {
        app.get("/enter", async (request) => {
          await app.auth.login(request, { sub: 7 });
          return "entered";
        });
        app
          .websocket("/ws", async (socket) => {
            await socket.send(`you are ${socket.user?.sub}`);
            await socket.close(4001);
          })
          .secure({ session: true });
      },
    });
  });
  after(async () => {
    other.stop();
    await site.close();
  });

  it("opens for a page under the default policy: by its session, and by a ticket that works once", async () => {
    const { page, complaints, leave } = await chromium.visitor();
    await page.goto(`${site.origin}/`);
    const ticket = await site.app.auth.getSocketTicket({ sub: 8 }, { path: "/ws" });
    const protocols = ["tina4", `tina4.ticket.${ticket}`];
    assert.deepEqual(await openIn(page, "/ws", protocols), { messages: ["you are 8"], code: 4001 });
    assert.deepEqual(await complaints(), []);
    assert.deepEqual(await openIn(page, "/ws", protocols), { messages: [], code: 1006 });
    assert.deepEqual(await openIn(page, "/ws"), { messages: [], code: 1006 });
    await page.goto(`${site.origin}/enter`);
    await page.goto(`${site.origin}/`);
    assert.deepEqual(await openIn(page, "/ws"), { messages: ["you are 7"], code: 4001 });
    await leave();
  });

  it("opens for no page of another origin, neither by the session of its visitor nor by a ticket", async () => {
    const { page, leave } = await chromium.visitor();
    await page.goto(`${site.origin}/enter`);
    const address = `${site.origin.replace("http:", "ws:")}/ws`;
    for (const origin of other.origins) {
      await page.goto(origin);
      const ticket = await site.app.auth.getSocketTicket({ sub: 8 });
      assert.deepEqual(await openIn(page, address), { messages: [], code: 1006 });
      assert.deepEqual(await openIn(page, address, ["tina4", `tina4.ticket.${ticket}`]), { messages: [], code: 1006 });
      await page.goto(`${site.origin}/`);
      assert.deepEqual(await openIn(page, address), { messages: ["you are 7"], code: 4001 });
    }
    await leave();
  });
});
