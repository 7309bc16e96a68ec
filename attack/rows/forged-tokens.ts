import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { type AttackRow, row } from "../row.ts";
import type { Target } from "../target.ts";
import { accessToken, nowSeconds, signed, USUAL_HEADER } from "../tokens.ts";
import { refusesBearer } from "./refuses-bearer.ts";

const CLAIMS = { sub: 1, iat: nowSeconds() - 1, exp: nowSeconds() + 36_000 };
const LARGE = "1e400";

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
      await refusesBearer(target, `${head}.${payload}.${signature}`);
    }
  }
  listener.close();
  assert.equal(connections, 0, "the server asked for a key");
}

export const FORGED_TOKEN_ROWS: readonly AttackRow[] = [
  row("J02", "alg none without a signature", "401", (target) => {
    const [, payload, signature] = parts();
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    return refusesBearer(target, `${none}.${payload}.`, `${none}.${payload}.${signature}`);
  }),
  row("J03", "alg in other spellings, types, or missing", "401", (target) =>
    refusesBearer(
      target,
      ...["None", "NONE", "nOnE", "", "hs256", 1, ["HS256"], null].map((alg) => withHeader({ alg })),
      withHeader({}),
    ),
  ),
  row("J04", "too few, too many or empty parts", "401", (target) => {
    const [h, p, s] = parts();
    return refusesBearer(
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
  row("J05", "one bit turned in any part", "401", (target) => refusesBearer(target, ...[0, 1, 2].flatMap(flipped))),
  row("J06", "signed well with another hash", "401", (target) =>
    refusesBearer(
      target,
      ...[384, 512].flatMap((bits) => {
        const options = { hash: `sha${bits}` };
        return [signed({ alg: `HS${bits}` }, CLAIMS, options), signed({ alg: "HS256" }, CLAIMS, options)];
      }),
    ),
  ),
  row("J07", "RS256 in the header over an HMAC of the secret (only HS256 exists here)", "401", (target) =>
    refusesBearer(target, ...["RS256", "ES256", "PS256", "EdDSA"].map((alg) => withHeader({ alg, typ: "JWT" }))),
  ),
  row("J09", "crit in any form, signed well", "401", (target) =>
    refusesBearer(
      target,
      ...[["x"], [], ["alg"], ["exp", "exp"], "exp"].map((crit) => withHeader({ ...USUAL_HEADER, crit })),
    ),
  ),
  row("J10", "headers that change how the payload is read", "401", (target) =>
    refusesBearer(
      target,
      withHeader({ ...USUAL_HEADER, b64: false, crit: ["b64"] }),
      withHeader({ ...USUAL_HEADER, b64: false }),
      withHeader({ ...USUAL_HEADER, zip: "DEF" }),
      signed({ ...USUAL_HEADER, cty: "JWT" }, accessToken()),
    ),
  ),
  row("J11", "a key in the token, or the address of one", "401, and nobody is asked", ownKeys),
  row("J13", "header or payload that is JSON and no object, signed well", "401", (target) =>
    refusesBearer(target, ...["[]", '"x"', "1", "null"].flatMap((text) => [withHeader(text), withClaims(text)])),
  ),
  row("J15", "payload that is no UTF-8, or holds half a surrogate pair", "401", (target) =>
    refusesBearer(
      target,
      withClaims(Buffer.from(`{"sub":"\xff","exp":${CLAIMS.exp}}`, "latin1")),
      withClaims(`{"sub":"\\ud800","exp":${CLAIMS.exp}}`),
    ),
  ),
  row("J16", "JSON serialization, or five parts", "401", (target) => {
    const [h, p, s] = parts();
    const flat = { protected: h, payload: p, signature: s };
    const general = { payload: p, signatures: [{ protected: h, signature: s }] };
    return refusesBearer(target, JSON.stringify(flat), JSON.stringify(general), `${h}.${p}.${s}.${p}.${s}`);
  }),
  row("J20", "exp missing, past, or no finite number", "401", (target) =>
    refusesBearer(
      target,
      ...[undefined, "9999999999", null, true, {}, -1, 0].map((exp) => withClaims({ ...CLAIMS, exp })),
      withClaims(`{"sub":1,"exp":${LARGE}}`),
    ),
  ),
  row("J21", "nbf or iat to come, or no finite number", "401", (target) =>
    refusesBearer(
      target,
      ...[nowSeconds() + 60, "x"].map((nbf) => withClaims({ ...CLAIMS, nbf })),
      ...[nowSeconds() + 600, "x"].map((iat) => withClaims({ ...CLAIMS, iat })),
      ...["nbf", "iat"].map((name) => withClaims(`{"sub":1,"exp":${CLAIMS.exp},"${name}":${LARGE}}`)),
    ),
  ),
  row("J29", "tokens of 9 and 15 kB", "401 before any signature is computed", (target) =>
    refusesBearer(target, accessToken() + "A".repeat(9_000), accessToken() + "A".repeat(15_000)),
  ),
  row("J38", "signatures of other lengths", "401", (target) => {
    const [h, p] = parts();
    return refusesBearer(
      target,
      ...[0, 1, 31, 33, 4096].map((length) => `${h}.${p}.${Buffer.alloc(length, 1).toString("base64url")}`),
    );
  }),
];
