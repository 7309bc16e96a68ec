// User-mode instructions per request of what knows its visitor: node bench/sessions.mjs [scenario …]
//
// BENCH_BASE names the folder of another checkout, built: GET /hello is counted there too, to see what sessions cost those who
// have none. BENCH_REQUESTS below 4000 is quicker, but then most of what is counted is the compiler at work.
import { createHmac } from "node:crypto";
import { BENCH_SECRET, counterName, instructionsPerRequest } from "./count-instructions.mjs";

const FORM = "application/x-www-form-urlencoded";
const HELLO = { path: "/hello" };
const ME = { path: "/me", headers: { Authorization: `Bearer ${token()}` } };

const SCENARIOS = {
  hello: { name: "GET /hello, no cookie", server: "tina4", request: HELLO },
  bearer: { name: "GET /me, Bearer", request: ME, env: { BENCH_FRESH_TOKEN: "false" } },
  fresh: { name: "GET /me, Bearer, FreshToken", request: ME },
  form: { name: "POST /form, reusable token", request: formPosts(), env: { BENCH_SINGLE_USE: "false" } },
  single: { name: "POST /form, single use", request: formPosts() },
  fastify: { name: "POST /form, Fastify, reusable", server: "fastify-form", request: formPosts() },
};

const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(SCENARIOS);
const { BENCH_BASE } = process.env;
process.stdout.write(`Node ${process.version}, counted by ${counterName}\n`);
if (BENCH_BASE !== undefined) print("GET /hello, base", await instructionsPerRequest("tina4", HELLO, BENCH_BASE));
for (const { name, request, server = "sessions", env = {} } of wanted.map((scenario) => SCENARIOS[scenario])) {
  Object.assign(process.env, env);
  print(name, await instructionsPerRequest(server, request));
  for (const variable of Object.keys(env)) delete process.env[variable];
}

function print(name, cost) {
  process.stdout.write(`${name.padEnd(30)} ${cost}\n`);
}

/** Asks for the form once, then posts it again and again, with the token that the answer before brought. */
function formPosts() {
  let cookie;
  let formToken;
  return (answer) => {
    if (answer === undefined) return { path: "/form", headers: { Origin: "" } };
    cookie = answer.headers["set-cookie"]?.[0].split(";")[0] ?? cookie;
    formToken = answer.headers["x-form-token"] ?? formToken;
    const headers = { "Content-Type": FORM, Cookie: cookie, "Sec-Fetch-Site": "same-origin", Origin: "" };
    return { method: "POST", path: "/form", headers, body: `name=Alice+Example&formToken=${formToken}` };
  };
}

function token() {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = { user_id: 42, email: "alice@example.com", role: "admin", iat: now - 60, exp: now + 3540 };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", BENCH_SECRET).update(signed).digest("base64url")}`;
}
