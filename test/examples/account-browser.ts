import assert from "node:assert/strict";
import type { TestPage } from "tina4-ts/testing";
import type { NewUser } from "./account-verbs.ts";
import type { ProjectClient } from "./project-client.ts";

export const SESSION_COOKIE = "tina4_session";

export interface Step {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

export interface AccountBrowser {
  page(path: string): Promise<TestPage>;
  /** Posts a form as a browser does from a page of ours. */
  submit(path: string, form: Readonly<Record<string, string>>): Promise<Step>;
  /** Fills in the login form. */
  logIn(user: Pick<NewUser, "email" | "password">, path?: string): Promise<Step>;
  /** The session id that the browser keeps. */
  sessionId(): string;
  /** Whether the browser, or the one that kept this session id, sees the dashboard. */
  isLoggedIn(sessionId?: string): Promise<boolean>;
  /** Sends the form of the settings that leads to a path. */
  press(path: string, form?: Readonly<Record<string, string>>): Promise<Step>;
}

/** What somebody does with the pages of the accounts example. */
export function accountBrowser(project: () => ProjectClient): AccountBrowser {
  const page = (path: string): Promise<TestPage> => project().client.page(path);
  const cookies = () => project().client.cookies;

  async function submit(path: string, form: Readonly<Record<string, string>>): Promise<Step> {
    const headers = { Accept: "text/html", "Sec-Fetch-Site": "same-origin" };
    const answer = await project().client.post(path, { form, headers });
    return { status: answer.status, location: answer.headers.get("Location"), text: await answer.text() };
  }

  async function logIn({ email, password }: { email: string; password: string }, path = "/login"): Promise<Step> {
    const { text, formTokens } = await page(path);
    const redirect = /name="redirect" value="([^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    return submit("/api/login", { email, password, redirect, formToken: formTokens[0] ?? "" });
  }

  const sessionId = (): string => cookies().get(SESSION_COOKIE) ?? "";

  async function isLoggedIn(id = sessionId()): Promise<boolean> {
    const kept = sessionId();
    cookies().set(SESSION_COOKIE, id);
    const { status } = await page("/dashboard");
    cookies().set(SESSION_COOKIE, kept);
    return status === 200;
  }

  async function press(path: string, form: Readonly<Record<string, string>> = {}): Promise<Step> {
    const { status, text } = await page("/account/settings");
    assert.equal(status, 200);
    const [, ownForm = ""] = text.split(`<form method="post" action="${path}"`);
    const formToken = /name="formToken" value="([^"]+)"/.exec(ownForm)?.[1];
    return submit(path, { ...form, formToken: formToken ?? "" });
  }

  return { page, submit, logIn, sessionId, isLoggedIn, press };
}
