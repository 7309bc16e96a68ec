import { existsSync } from "node:fs";
import { after, before } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const PROGRAM = "/usr/bin/chromium"; // where Debian puts it
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const SILENT_FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
/** For whatever a test waits for. Nothing takes this long, also on a busy machine. */
const PATIENCE_MS = 15_000;

/** Runs in every page, before its own scripts: the browser says in words that programs can rely on what a policy refused. */
const REPORT_VIOLATIONS = `addEventListener("securitypolicyviolation", (event) =>
  reportViolation(event.effectiveDirective + " refuses " + (event.blockedURI || "inline") + " on " + location.pathname))`;

/** Why the tests of a file are skipped, for the `skip` option of `describe`. With `TINA4_TEST_REQUIRE_SERVICES=1` they fail. */
export const NO_CHROMIUM: string | false =
  !existsSync(PROGRAM) && process.env.TINA4_TEST_REQUIRE_SERVICES !== "1" && `${PROGRAM} is not installed`;

export interface Chromium {
  /** Somebody with cookies and a cache of their own. */
  visitor(options?: BrowserContextOptions): Promise<Visitor>;
}

export interface Visitor {
  /** The first tab. */
  readonly page: Page;
  openTab(): Promise<Page>;
  /**
   * What the browser has complained about, in every tab: violations of the policy, errors on the console, uncaught ones.
   *
   * @param expected What failed on purpose, the statuses of answers or `net::ERR_…`: Chromium logs one line for each such
   *   request, and that line is left out.
   */
  complaints(...expected: readonly (number | `net::ERR_${string}`)[]): Promise<string[]>;
  leave(): Promise<void>;
}

/**
 * Chromium for the tests of the `describe` it is called in: with a profile of its own, started before them, closed after them.
 *
 * @example
 * describe("the page", { skip: NO_CHROMIUM }, () => {
 *   const chromium = useChromium();
 *   it("greets", async () => {
 *     const { page, complaints, leave } = await chromium.visitor();
 *     await page.goto(origin);
 *     assert.deepEqual(await complaints(), []);
 *     await leave();
 *   });
 * });
 */
export function useChromium(): Chromium {
  let browser: Browser | undefined;
  before(async () => {
    browser = await chromium.launch({ executablePath: PROGRAM, args: [...FLAGS, ...SILENT_FLAGS] });
  });
  after(() => browser?.close());
  return {
    visitor: async (options = {}) => {
      if (browser === undefined)
        throw new Error("Chromium runs in tests and hooks only, not while they are described.");
      return await welcome(browser, options);
    },
  };
}

async function welcome(browser: Browser, options: BrowserContextOptions): Promise<Visitor> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  const heard: string[] = [];
  await context.exposeFunction("reportViolation", (violation: string) => heard.push(violation));
  await context.addInitScript(REPORT_VIOLATIONS);
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") heard.push(message.text());
  });
  context.on("weberror", (webError) => heard.push(String(webError.error())));
  return {
    page: await context.newPage(),
    openTab: () => context.newPage(),
    complaints: async (...expected) => {
      await Promise.all(context.pages().map(hearAll));
      return heard.filter((line) => !expected.some((failure) => isFailedLoad(line, failure)));
    },
    leave: () => context.close(),
  };
}

/** What a page has said so far has arrived when its answer has, as one connection carries both. */
async function hearAll(page: Page): Promise<void> {
  await page.evaluate("0");
}

function isFailedLoad(line: string, failure: number | string): boolean {
  const reason = typeof failure === "string" ? failure : `the server responded with a status of ${failure} (`;
  return line.startsWith(`Failed to load resource: ${reason}`);
}
