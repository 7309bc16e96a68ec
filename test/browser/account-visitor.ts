import assert from "node:assert/strict";
import type { BrowserContextOptions, Page } from "playwright-core";
import { ALICE } from "../examples/account-verbs.ts";
import type { Chromium, Visitor } from "./chromium.ts";
import { type SendForm, sendForm } from "./send-form.ts";
import type { Example } from "./use-example.ts";

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface AccountVisitor extends Visitor {
  /** Opens a page of the example in the first tab. */
  open(path: string): Promise<void>;
  /** Fills in fields of the first tab by their labels, and presses the button of their form. */
  readonly send: SendForm;
  /** Logs in by the form, in the first tab. */
  logIn(person: Person): Promise<void>;
}

const { password: PASSWORD } = ALICE;
let people = 0;

/** Somebody at the pages of `examples/accounts`. */
export async function accountVisitor(
  chromium: Chromium,
  { origin }: Example,
  options: BrowserContextOptions = {},
): Promise<AccountVisitor> {
  const visitor = await chromium.visitor({ baseURL: origin, ...options });
  const { page } = visitor;
  const open = async (path: string) => void (await page.goto(path));
  const send = sendForm(page, options.javaScriptEnabled ?? true);
  return {
    ...visitor,
    open,
    send,
    logIn: async ({ email, password }) => {
      await open("/login");
      await send("Log in", { Email: email, Password: password });
      await page.waitForURL("**/dashboard");
    },
  };
}

/** Somebody whose account was made without a browser. */
export async function newPerson({ project }: Example): Promise<Person> {
  people += 1;
  const person = { name: `Person ${people}`, email: `person${people}@example.com`, password: PASSWORD };
  project.client.cookies.clear();
  const { status } = await project.client.post("/api/register", { json: person });
  assert.equal(status, 201);
  return person;
}

/** The path and query of the page that is open. */
export function pathOf(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}
