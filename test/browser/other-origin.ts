import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import type { Application } from "tina4-ts";

const ATTACK = readFileSync(new URL("fixtures/attack.js", import.meta.url), "utf8").replace(/;\s*$/, "");
const SAFE_METHODS: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** How a page can send something elsewhere. The last ones leave the page. */
export const WAYS: readonly string[] = [...ATTACK.matchAll(/^ {4}"([^"]+)": \(\) =>/gm)].map(
  ([, way]) => way as string,
);
/** The ways that reach the guard: neither those by GET, nor the one that the browser asks for first. */
export const FORMS_AND_FETCHES = 7;
/** The only way of a page to send another method than POST. */
export const ASKED_FIRST = "a fetch that is asked for first";
const LEAVING: readonly string[] = ["a form", "a link"];

export interface Write {
  readonly method: string;
  readonly path: string;
}

export interface Attack extends Write {
  /** The origin of the page. */
  readonly from: string;
  /** The origin that is attacked. */
  readonly target: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface OtherOrigin {
  /** One with the example's own host name, so that its cookies are sent along, and one with another. */
  readonly origins: readonly string[];
  stop(): void;
}

/** A server of somebody else, on another port of this machine. */
export async function startOtherOrigin(): Promise<OtherOrigin> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Win a prize</title><body>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`],
    stop: () => void server.close(),
  };
}

/** Has a page of another origin send a write, and waits until that was answered. */
export async function attack(page: Page, way: string, { from, target, path, ...write }: Attack): Promise<void> {
  if (!page.url().startsWith(`${from}/`)) await page.goto(from);
  const call = `(${ATTACK})(${JSON.stringify(way)}, ${JSON.stringify({ ...write, url: target + path })})`;
  if (!LEAVING.includes(way)) return await page.evaluate(call);
  const arrived = page.waitForURL((url) => url.origin === target);
  await page.evaluate(`void ${call}`);
  await arrived;
}

/** Every write that an application takes. */
export function writesOf(app: Application): readonly Write[] {
  return app.routes.flatMap(({ methods, pattern }) =>
    methods.filter((method) => !SAFE_METHODS.includes(method)).map((method) => ({ method, path: pattern.text })),
  );
}
