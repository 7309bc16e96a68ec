// What there is to scan in each example: the pages of a visit, the requests with all that can be sent in them, and what is slow to take.
import { execFileSync } from "node:child_process";

const ALICE = { name: "Alice", email: "alice@example.com", password: "securePass123" };
const PARTNER_KEY = "key-of-a-partner-4f1c9b3a7d5f2e8c";
const JSON_TYPE = { "Content-Type": "application/json", Accept: "application/json" };
/** Blanks are refused in an address, comments are not: so the statement arrives at the query. */
const WITHOUT_BLANKS = ["--tamper=space2comment"];
const FILE = "/js/frond.min.js";

/** By the name of the example: its settings, and `targets(server)`, which prepares what a client has to have. */
export const EXAMPLES = {
  accounts: { targets: accounts },
  "contact-form": { targets: contactForm },
  "api-keys": { targets: apiKeys },
  "partner-api": { settings: { API_KEYS: PARTNER_KEY }, targets: partnerApi },
};

async function accounts(server) {
  await send(server, "/api/register", ALICE);
  const session = { cookies: (await send(server, "/api/login", ALICE)).cookies };
  const { token, refreshToken } = (await send(server, "/api/login", { ...ALICE, remember: true })).answer;
  const bearer = { headers: { Authorization: `Bearer ${token}` } };
  const { email } = ALICE;
  const form = await formOf(server, "/login");
  return {
    visits: [
      { as: "a visitor", pages: ["/login?redirect=/dashboard&registered=yes", "/register?redirect=/dashboard"] },
      { as: "Alice, by cookie", pages: ["/dashboard", "/account/settings"], ...session },
      { as: "Alice, by token", pages: ["/api/profile?fields=name"], ...bearer },
    ],
    requests: [
      { path: "/login?redirect=/dashboard&registered=yes" },
      { method: "POST", path: "/api/login", json: { email, password: "wrong", remember: true } },
      {
        method: "POST",
        path: "/api/login",
        json: { email: "alice*@example.com", password: "x" },
        flags: WITHOUT_BLANKS,
      },
      {
        method: "POST",
        path: "/api/login",
        body: `email=${email}&password=wrong&redirect=/dashboard&${form.body}`,
        cookies: form.cookies,
      },
      { method: "POST", path: "/api/register", json: { ...ALICE, password: "short" } },
      { method: "POST", path: "/api/refresh", json: { refreshToken: `${refreshToken}*` } }, // unmarked, a name like this is left out
      { method: "PUT", path: "/api/profile", json: { name: "Alice", email }, ...bearer },
      {
        method: "PUT",
        path: "/api/profile",
        json: { name: "Alice", email: "al*@example.com" },
        flags: WITHOUT_BLANKS,
        ...bearer,
      },
      {
        method: "PUT",
        path: "/api/profile/password",
        json: { current_password: "wrong", new_password: "longEnough1" },
        ...bearer,
      },
    ],
    slow: { page: "/login", form: "/api/refresh", file: FILE },
  };
}

async function contactForm(server) {
  const { cookies, body } = await formOf(server, "/contact");
  const fields = { name: "Bob", email: "bob@example.com", message: "Hello" };
  return {
    visits: [{ as: "a visitor", pages: ["/contact?name=Bob", "/contact/thanks"] }],
    requests: [
      { path: "/contact?name=Bob" },
      { method: "POST", path: "/api/contact", body: `${new URLSearchParams(fields)}&${body}`, cookies },
      { method: "POST", path: "/api/contact", json: { ...fields, formToken: body.split("=")[1] }, cookies },
    ],
    slow: { page: "/contact", form: "/api/contact", file: FILE },
  };
}

async function apiKeys(server) {
  const args = ["--import", "tina4-ts/register", "admin-token.ts"];
  const token = execFileSync(process.execPath, args, { cwd: server.folder, env: server.env, encoding: "utf8" }).trim();
  const bearer = { headers: { Authorization: `Bearer ${token}` } };
  const { key_value } = (await send(server, "/admin/api-keys", { name: "Mobile App" }, bearer.headers)).answer.key;
  return {
    visits: [
      { as: "a visitor", pages: ["/admin/api-keys?page=1", "/api/data?page=1"] },
      { as: "the administrator, by token", pages: ["/admin/api-keys?page=1"], ...bearer },
      {
        as: "a bearer of a key",
        pages: ["/api/data?page=1", "/api/status?page=1"],
        headers: { "X-API-Key": key_value },
      },
    ],
    requests: [
      { method: "POST", path: "/admin/api-keys", json: { name: "Mobile App" }, ...bearer },
      { method: "DELETE", path: "/admin/api-keys/999*", ...bearer },
      { path: "/admin/api-keys?page=1", ...bearer },
      { path: "/api/data", headers: { "X-API-Key": `${key_value}*` } },
    ],
    slow: { page: "/api/data", form: "/admin/api-keys", file: FILE },
  };
}

function partnerApi() {
  const headers = { "X-API-Key": PARTNER_KEY };
  return {
    visits: [
      { as: "a visitor", pages: ["/api/partner/data?page=1"] },
      { as: "a partner", pages: ["/api/partner/data?page=1", "/api/partner/stats?page=1"], headers },
    ],
    requests: [
      { path: "/api/partner/data?page=1", headers },
      { path: "/api/partner/stats", headers: { "X-API-Key": `${PARTNER_KEY}*` } },
    ],
    slow: { page: "/api/partner/data", form: "/api/partner/data", file: FILE },
  };
}

/** The cookies and the form token that come with a page, as a body to go on. */
async function formOf(server, path) {
  const response = await fetch(server.url + path);
  const [, token] = /name="formToken" value="([^"]+)"/.exec(await response.text()) ?? [];
  if (token === undefined) throw new Error(`${path} has no form token.`);
  return { cookies: cookiesOf(response), body: `formToken=${token}` };
}

async function send(server, path, json, headers = {}) {
  const request = { method: "POST", headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(json) };
  const response = await fetch(server.url + path, request);
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
  return { answer: await response.json(), cookies: cookiesOf(response) };
}

function cookiesOf(response) {
  return Object.fromEntries(
    response.headers.getSetCookie().map((line) => {
      const [pair] = line.split(";");
      return [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    }),
  );
}
