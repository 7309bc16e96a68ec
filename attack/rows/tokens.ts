import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { headerOf, jsonOf } from "../answers.ts";
import { Browser, form, json, OWN_PAGE } from "../browser.ts";
import { type AttackRow, row } from "../row.ts";
import type { Target } from "../target.ts";
import { accessToken, bearer, nowSeconds, signed, USUAL_HEADER } from "../tokens.ts";

const CLAIMS = { sub: 1, iat: nowSeconds() - 1, exp: nowSeconds() + 36_000 };
const LARGE = "1e400";

/** Shows each of these as a Bearer token where only a valid one lets in. */
async function refuses(target: Target, ...tokens: readonly string[]): Promise<void> {
  for (const token of tokens) {
    const { head } = await target.deny("TOKEN_INVALID", "GET", "/me", { lines: [bearer(token)] });
    assert.match(head, /^WWW-Authenticate: Bearer.*error="invalid_token"/im, token);
  }
}

const withHeader = (header: unknown): string => signed(header, CLAIMS);
const withClaims = (claims: unknown): string => signed(USUAL_HEADER, claims);
const parts = (): [string, string, string] => accessToken().split(".") as [string, string, string];

/** The token with one bit of one of its characters turned. */
function flipped(part: number): string[] {
  const bytes = parts().map((text) => Buffer.from(text, "base64url"));
  return [0, 7, 13].map((at) => {
    const copy = bytes.map((buffer) => Buffer.from(buffer));
    const changed = copy[part] as Buffer;
    changed[at % changed.length] = (changed[at % changed.length] as number) ^ 1;
    return copy.map((buffer) => buffer.toString("base64url")).join(".");
  });
}

/** Signed with a key of the attacker, which the token itself brings or names. */
async function ownKeys(target: Target): Promise<void> {
  let connections = 0;
  const listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await once(listener.listen(0, "127.0.0.1"), "listening");
  const { port } = listener.address() as { port: number };
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const url = `http://127.0.0.1:${port}/keys`;
  for (const alg of ["RS256", "HS256"]) {
    for (const named of [{ jwk: publicKey.export({ format: "jwk" }) }, { jku: url }, { x5u: url }]) {
      const [head, payload] = signed({ alg, typ: "JWT", ...named }, CLAIMS).split(".");
      const signature = sign("sha256", Buffer.from(`${head}.${payload}`), privateKey).toString("base64url");
      await refuses(target, `${head}.${payload}.${signature}`);
    }
  }
  listener.close();
  assert.equal(connections, 0, "the server asked for a key");
}

/** Every kind of token but the access token. */
async function otherKinds(browser: Browser): Promise<Readonly<Record<"form" | "refresh" | "ticket", string>>> {
  const pair = jsonOf(await browser.ask("GET", "/pair"));
  const { ticket } = jsonOf(await browser.ask("GET", "/ticket"));
  return { form: await browser.formToken(), refresh: String(pair.refreshToken), ticket: String(ticket) };
}

async function inEachOthersPlace(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const kinds = await otherKinds(browser);
  await refuses(target, ...Object.values(kinds));
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
  await refuses(target, token);
  assert.equal((await target.ask("GET", "/me", { lines: [bearer(other)] })).status, 200);
  const browser = await Browser.loggedIn(target);
  const { token: tied } = jsonOf(await browser.ask("GET", "/tied"));
  await browser.ask("POST", "/api/logout", { lines: [OWN_PAGE] });
  await refuses(target, String(tied));
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
  const answer = await target.ask("GET", "/echo", { lines: [bearer(withClaims(text))] });
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
  await refuses(target, `${token.slice(0, -43)}${"A".repeat(43)}`);
  while (nowSeconds() < JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).exp) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await refuses(target, token);
}

export const TOKEN_ROWS: readonly AttackRow[] = [
  row("J02", "alg none without a signature", "401", (target) => {
    const [, payload, signature] = parts();
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    return refuses(target, `${none}.${payload}.`, `${none}.${payload}.${signature}`);
  }),
  row("J03", "alg in other spellings, types, or missing", "401", (target) =>
    refuses(
      target,
      ...["None", "NONE", "nOnE", "", "hs256", 1, ["HS256"], null].map((alg) => withHeader({ alg })),
      withHeader({}),
    ),
  ),
  row("J04", "too few, too many or empty parts", "401", (target) => {
    const [h, p, s] = parts();
    return refuses(
      target,
      `${h}.${p}`,
      `${h}.${p}.`,
      `.${p}.${s}`,
      `${h}..${s}`,
      `${h}.${p}.${s}.`,
      `${h}.${p}.${s}.x`,
      "",
      ".",
      "..",
    );
  }),
  row("J05", "one bit turned in any part", "401", (target) => refuses(target, ...[0, 1, 2].flatMap(flipped))),
  row("J06", "signed well with another hash", "401", (target) =>
    refuses(
      target,
      ...[384, 512].flatMap((bits) => {
        const options = { hash: `sha${bits}` };
        return [signed({ alg: `HS${bits}` }, CLAIMS, options), signed({ alg: "HS256" }, CLAIMS, options)];
      }),
    ),
  ),
  row("J07", "RS256 in the header over an HMAC of the secret (only HS256 exists here)", "401", (target) =>
    refuses(target, ...["RS256", "ES256", "PS256", "EdDSA"].map((alg) => withHeader({ alg, typ: "JWT" }))),
  ),
  row("J09", "crit in any form, signed well", "401", (target) =>
    refuses(
      target,
      ...[["x"], [], ["alg"], ["exp", "exp"], "exp"].map((crit) => withHeader({ ...USUAL_HEADER, crit })),
    ),
  ),
  row("J10", "headers that change how the payload is read", "401", (target) =>
    refuses(
      target,
      withHeader({ ...USUAL_HEADER, b64: false, crit: ["b64"] }),
      withHeader({ ...USUAL_HEADER, b64: false }),
      withHeader({ ...USUAL_HEADER, zip: "DEF" }),
      signed({ ...USUAL_HEADER, cty: "JWT" }, accessToken()),
    ),
  ),
  row("J11", "a key in the token, or the address of one", "401, and nobody is asked", ownKeys),
  row("J13", "header or payload that is JSON and no object, signed well", "401", (target) =>
    refuses(target, ...["[]", '"x"', "1", "null"].flatMap((text) => [withHeader(text), withClaims(text)])),
  ),
  row("J15", "payload that is no UTF-8, or holds half a surrogate pair", "401", (target) =>
    refuses(
      target,
      withClaims(Buffer.from(`{"sub":"\xff","exp":${CLAIMS.exp}}`, "latin1")),
      withClaims(`{"sub":"\\ud800","exp":${CLAIMS.exp}}`),
    ),
  ),
  row("J16", "JSON serialization, or five parts", "401", (target) => {
    const [h, p, s] = parts();
    const flat = { protected: h, payload: p, signature: s };
    const general = { payload: p, signatures: [{ protected: h, signature: s }] };
    return refuses(target, JSON.stringify(flat), JSON.stringify(general), `${h}.${p}.${s}.${p}.${s}`);
  }),
  row("J20", "exp missing, past, or no finite number", "401", (target) =>
    refuses(
      target,
      ...[undefined, "9999999999", null, true, {}, -1, 0].map((exp) => withClaims({ ...CLAIMS, exp })),
      withClaims(`{"sub":1,"exp":${LARGE}}`),
    ),
  ),
  row("J21", "nbf or iat to come, or no finite number", "401", (target) =>
    refuses(
      target,
      ...[nowSeconds() + 60, "x"].map((nbf) => withClaims({ ...CLAIMS, nbf })),
      ...[nowSeconds() + 600, "x"].map((iat) => withClaims({ ...CLAIMS, iat })),
      ...["nbf", "iat"].map((name) => withClaims(`{"sub":1,"exp":${CLAIMS.exp},"${name}":${LARGE}}`)),
    ),
  ),
  row("J25", "every kind of token in each other's place", "refused", inEachOthersPlace),
  row("J26", "a valid token in query, cookie or body", "401, and not in the log", isBound),
  row("J27", "a valid token under another scheme", "401; bearer in lower case 200", schemes),
  row("J29", "tokens of 9 and 15 kB", "401 before any signature is computed", (target) =>
    refuses(target, accessToken() + "A".repeat(9_000), accessToken() + "A".repeat(15_000)),
  ),
  row("J30", "a token of a subject that was revoked, or of a session that ended", "401", endsWithItsSubject),
  row("J31", "a public route with a bad token, or none", "200 without FreshToken", (target) =>
    noFreshTokenOf(target, [], [bearer("x")], [bearer(accessToken({ exp: 1 }))], ["Authorization: Basic YTpi"]),
  ),
  row("J32", "a valid token", "200 and a FreshToken of the same chain", freshToken),
  row("J36", "claims named like members of every object", "no admin, no pollution", prototypeClaims),
  row("J37", "a role of another type or case", "403", rolesOfOtherTypes),
  row("J38", "signatures of other lengths", "401", (target) => {
    const [h, p] = parts();
    return refuses(
      target,
      ...[0, 1, 31, 33, 4096].map((length) => `${h}.${p}.${Buffer.alloc(length, 1).toString("base64url")}`),
    );
  }),
  row("J39", "a token that was good once, forged, then expired", "401", keepsNoVerdict),
  row("J41", "a forged token on a public route", "nobody", (target) => {
    const [h, , s] = parts();
    const forged = `${h}.${Buffer.from(JSON.stringify({ ...CLAIMS, sub: "root" })).toString("base64url")}.${s}`;
    return noFreshTokenOf(target, [bearer(forged)]);
  }),
];
