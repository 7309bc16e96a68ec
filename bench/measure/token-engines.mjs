// Libraries for JSON Web Tokens, each set up once as its manual advises, to sign and verify the same claims with HS256.
import { createSecretKey } from "node:crypto";
import { BENCH_SECRET } from "./secret.mjs";

const HOUR_SECONDS = 3600;
const key = createSecretKey(Buffer.from(BENCH_SECRET));

export const CLAIMS = { user_id: 42, email: "alice@example.com", role: "admin" };

/**
 * Each loads one library. `verify` gives claims, or refuses a token by throwing or by `null`; `sign` gives a token that lasts an hour.
 * Some give promises of both.
 */
export const TOKEN_ENGINES = {
  "tina4-ts": loadTina4,
  "fast-jwt": () => loadFastJwt({ cache: false }),
  "fast-jwt, its cache on": () => loadFastJwt({ cache: true }),
  jsonwebtoken: loadJsonwebtoken,
  jose: loadJose,
};

async function loadTina4() {
  const { createApp } = await import("../../dist/index.js");
  const { auth } = createApp({ settings: { SECRET: BENCH_SECRET } });
  return { verify: (token) => auth.validToken(token), sign: (claims) => auth.getToken(claims) };
}

async function loadFastJwt({ cache }) {
  const { createSigner, createVerifier } = await import("fast-jwt");
  return {
    verify: createVerifier({ key: BENCH_SECRET, algorithms: ["HS256"], requiredClaims: ["exp"], cache }),
    sign: createSigner({ key: BENCH_SECRET, algorithm: "HS256", expiresIn: HOUR_SECONDS * 1000 }),
  };
}

async function loadJsonwebtoken() {
  const { default: jsonwebtoken } = await import("jsonwebtoken");
  return {
    verify: (token) => jsonwebtoken.verify(token, key, { algorithms: ["HS256"] }),
    sign: (claims) => jsonwebtoken.sign(claims, key, { algorithm: "HS256", expiresIn: HOUR_SECONDS }),
  };
}

async function loadJose() {
  const { jwtVerify, SignJWT } = await import("jose");
  const header = { alg: "HS256", typ: "JWT" };
  return {
    verify: async (token) => (await jwtVerify(token, key, { algorithms: ["HS256"], requiredClaims: ["exp"] })).payload,
    sign: (claims) => new SignJWT(claims).setProtectedHeader(header).setIssuedAt().setExpirationTime("1h").sign(key),
  };
}
