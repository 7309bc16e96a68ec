import assert from "node:assert/strict";
import { type Answer, cookiesOf, jsonOf } from "./answers.ts";
import type { Sent, Target } from "./target.ts";

/** What a browser says of a request that our own page sends, and of one that another site's page sends. */
export const OWN_PAGE = "Sec-Fetch-Site: same-origin";
export const OTHER_SITE: readonly string[] = ["Sec-Fetch-Site: cross-site", "Origin: https://evil.example"];
export const JSON_TYPE = "Content-Type: application/json";
export const FORM_TYPE = "Content-Type: application/x-www-form-urlencoded";

/** A client that keeps its cookies. */
export class Browser {
  readonly target: Target;
  readonly #cookies = new Map<string, string>();

  constructor(target: Target) {
    this.target = target;
  }

  /** A browser in which somebody is logged in. */
  static async loggedIn(target: Target, user: string | number = 1): Promise<Browser> {
    const browser = new Browser(target);
    const answer = await browser.login(user);
    assert.equal(answer.status, 200, answer.body);
    return browser;
  }

  login(user: string | number, ...lines: readonly string[]): Promise<Answer> {
    return this.ask("POST", "/api/login", json({ user }, OWN_PAGE, ...lines));
  }

  async ask(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const answer = await this.target.ask(method, path, this.dressed(sent));
    for (const cookie of cookiesOf(answer)) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0/i.test(cookie)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }

  /** The request with the cookies of this browser. */
  dressed(sent: Sent = {}): Sent {
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return cookies === "" ? sent : { ...sent, lines: [...(sent.lines ?? []), `Cookie: ${cookies}`] };
  }

  /** The session cookie's value. */
  get session(): string {
    return this.#cookies.get("tina4_session") ?? "";
  }

  /** A form token as the page prints it. */
  async formToken(): Promise<string> {
    const { body } = await this.ask("GET", "/page");
    const [, token] = /value="([^"]+)"/.exec(body) ?? [];
    assert.ok(token !== undefined, `no form token on the page: ${body}`);
    return token;
  }

  /** Whom the application takes this browser for. */
  async user(): Promise<unknown> {
    return jsonOf(await this.ask("GET", "/open")).sub;
  }
}

/** A JSON body with its type. */
export function json(body: unknown, ...lines: readonly string[]): Sent {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { lines: [JSON_TYPE, ...lines], body: text.replaceAll(/[\u0080-\uffff]/g, escaped) };
}

/** What our own page sends as a form. */
export function form(fields: Readonly<Record<string, string>>, ...lines: readonly string[]): Sent {
  const origin = lines.some((line) => /^(?:sec-fetch-site|origin|referer):/i.test(line)) ? [] : [OWN_PAGE];
  return { lines: [FORM_TYPE, ...origin, ...lines], body: new URLSearchParams(fields).toString() };
}

/** As JSON may write it: a body is sent byte by byte. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
