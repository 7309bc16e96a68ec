import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

const AUDIT = readFileSync(new URL("fixtures/audit-page.js", import.meta.url), "utf8");

/**
 * What keeps somebody from using a page: headings, labels and names, references, contrast, the size of what is to be touched,
 * width, and whatever is inline or comes from elsewhere.
 */
export async function auditPage(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(AUDIT);
}
