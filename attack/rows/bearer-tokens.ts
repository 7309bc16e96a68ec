import assert from "node:assert/strict";
import { headerOf, jsonOf } from "../answers.ts";
import { Browser, form, json, OWN_PAGE } from "../browser.ts";
import { type AttackRow, row } from "../row.ts";
import type { Target } from "../target.ts";
import { accessToken, bearer, nowSeconds, signed, USUAL_HEADER } from "../tokens.ts";
import { refusesBearer } from "./refuses-bearer.ts";

/** Every kind of token but the access token. */
async function otherKinds(browser: Browser): Promise<Readonly<Record<"form" | "refresh" | "ticket", string>>> {
  const pair = jsonOf(await browser.ask("GET", "/pair"));
  const { ticket } = jsonOf(await browser.ask("GET", "/ticket"));
  return { form: await browser.formToken(), refresh: String(pair.refreshToken), ticket: String(ticket) };
}

async function inEachOthersPlace(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const kinds = await otherKinds(browser);
  await refusesBearer(target, ...Object.values(kinds));
  for (const token of [accessToken(), kinds.form, kinds.ticket]) {
    const answer = await target.ask("POST", "/refresh", json({ refreshToken: token }));
    assert.deepEqual(jsonOf(answer), { pair: null });
  }
  for (const token of [accessToken(), kinds.refresh, kinds.ticket]) {
    await target.deny("CSRF_INVALID", "POST", "/form", browser.dressed(form({ formToken: token })));
  }
}

async function isBound(target: Target): Promise<void> {
  const valid = accessToken();
  assert.equal((await target.ask("GET", "/me", { lines: [bearer(valid)] })).status, 200);
  const places = ["/me?token=", "/me?access_token="];
  for (const place of places) {
    const mark = target.logLength;
    await target.deny("TOKEN_MISSING", "GET", place + valid);
    assert.ok(!(await target.logged(mark, /refused/)).join().includes(valid.slice(0, 30)));
  }
  await target.deny("TOKEN_MISSING", "GET", "/me", { lines: [`Cookie: token=${valid}; access_token=${valid}`] });
  await target.deny("TOKEN_MISSING", "POST", "/write", form({ access_token: valid }));
}

async function schemes(target: Target): Promise<void> {
  const token = accessToken();
  for (const value of [`Basic ${token}`, `Token ${token}`, `Bearer${token}`, token, `Bearer\t${token}`]) {
    await target.deny("TOKEN_INVALID", "GET", "/me", { lines: [`Authorization: ${value}`] });
  }
  assert.equal((await target.ask("GET", "/me", { lines: [`Authorization: bearer ${token}`] })).status, 200);
}

async function endsWithItsSubject(target: Target): Promise<void> {
  const token = accessToken({ sub: 3001, iat: nowSeconds() - 1 });
  const other = accessToken({ sub: 3002 });
  const answer = await target.ask("POST", "/revoke", { lines: [bearer(token)] });
  assert.deepEqual([answer.status, headerOf(answer, "FreshToken")], [200, null]);
  await refusesBearer(target, token);
  assert.equal((await target.ask("GET", "/me", { lines: [bearer(other)] })).status, 200);
  const browser = await Browser.loggedIn(target);
  const { token: tied } = jsonOf(await browser.ask("GET", "/tied"));
  await browser.ask("POST", "/api/logout", { lines: [OWN_PAGE] });
  await refusesBearer(target, String(tied));
}

async function freshToken(target: Target): Promise<void> {
  const start = nowSeconds() - 42_000;
  const answer = await target.ask("GET", "/me", {
    lines: [bearer(accessToken({ auth_time: start, exp: nowSeconds() + 1000 }))],
  });
  const fresh = headerOf(answer, "FreshToken") ?? "";
  const { sub, auth_time, exp } = JSON.parse(Buffer.from(fresh.split(".")[1] ?? "", "base64url").toString());
  assert.deepEqual([answer.status, sub, auth_time, exp <= start + 43_200], [200, 1, start, true]);
  assert.equal((await target.ask("GET", "/me", { lines: [bearer(fresh)] })).status, 200);
}

async function noFreshTokenOf(target: Target, ...lines: readonly (readonly string[])[]): Promise<void> {
  for (const sent of lines) {
    const answer = await target.ask("GET", "/open", { lines: sent });
    assert.deepEqual([answer.status, answer.body, headerOf(answer, "FreshToken")], [200, '{"sub":null}', null]);
  }
}

async function prototypeClaims(target: Target): Promise<void> {
  const text = `{"sub":1,"exp":${nowSeconds() + 60},"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"toString":"x"}`;
  const answer = await target.ask("GET", "/echo", { lines: [bearer(signed(USUAL_HEADER, text))] });
  assert.deepEqual([answer.status, jsonOf(answer).isAdmin], [200, null]);
}

async function rolesOfOtherTypes(target: Target): Promise<void> {
  for (const role of [["admin"], {}, "Admin", true, "admin ", null]) {
    await target.deny("ROLE_REQUIRED", "GET", "/role", { lines: [bearer(accessToken({ role }))] });
  }
  assert.equal((await target.ask("GET", "/role", { lines: [bearer(accessToken({ role: "admin" }))] })).status, 200);
}

async function keepsNoVerdict(target: Target): Promise<void> {
  const token = accessToken({ exp: nowSeconds() + 3 });
  assert.equal((await target.ask("GET", "/me", { lines: [bearer(token)] })).status, 200);
  await refusesBearer(target, `${token.slice(0, -43)}${"A".repeat(43)}`);
  while (nowSeconds() < JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).exp) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await refusesBearer(target, token);
}

export const BEARER_TOKEN_ROWS: readonly AttackRow[] = [
  row("J25", "every kind of token in each other's place", "refused", inEachOthersPlace),
  row("J26", "a valid token in query, cookie or body", "401, and not in the log", isBound),
  row("J27", "a valid token under another scheme", "401; bearer in lower case 200", schemes),
  row("J30", "a token of a subject that was revoked, or of a session that ended", "401", endsWithItsSubject),
  row("J31", "a public route with a bad token, or none", "200 without FreshToken", (target) =>
    noFreshTokenOf(target, [], [bearer("x")], [bearer(accessToken({ exp: 1 }))], ["Authorization: Basic YTpi"]),
  ),
  row("J32", "a valid token", "200 and a FreshToken of the same chain", freshToken),
  row("J36", "claims named like members of every object", "no admin, no pollution", prototypeClaims),
  row("J37", "a role of another type or case", "403", rolesOfOtherTypes),
  row("J39", "a token that was good once, forged, then expired", "401", keepsNoVerdict),
  row("J41", "a forged token on a public route", "nobody", (target) => {
    const [header, , signature] = accessToken().split(".");
    const claims = Buffer.from(JSON.stringify({ sub: "root", exp: nowSeconds() + 60 })).toString("base64url");
    const forged = `${header}.${claims}.${signature}`;
    return noFreshTokenOf(target, [bearer(forged)]);
  }),
];
