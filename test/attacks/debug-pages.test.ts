import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { InProcessRequest } from "../../src/app/send-request.ts";
import { RawConnection } from "../app/raw-connection.ts";
import { requestText, Target } from "./target.ts";

const BROWSER = "Accept: text/html";
const HOST = "Host: localhost";
const INSIDE = /What this application does|Doors|boom\.secret|debug-pages\.test|node:internal/;
const HOSTS = "localhost,127.0.0.1,[::1],rebound.example,127.0.0.1.nip.example";

/** Requests that do not come from the developer, each with what gives it away. */
const STRANGERS: Readonly<Record<string, readonly string[]>> = {
  "a name that leads here (DNS rebinding)": ["Host: rebound.example:7148"],
  "a name that looks like loopback": ["Host: 127.0.0.1.nip.example"],
  "X-Forwarded-For": [HOST, "X-Forwarded-For: 127.0.0.1"],
  "X-Forwarded-Host": [HOST, "X-Forwarded-Host: localhost"],
  "X-Real-IP": [HOST, "X-Real-IP: 127.0.0.1"],
  Forwarded: [HOST, "Forwarded: for=127.0.0.1"],
  Via: [HOST, "Via: 1.1 proxy"],
  "X-Forwarded": [HOST, "X-Forwarded: for=127.0.0.1"],
  "X-Original-Host": [HOST, "X-Original-Host: app.example"],
  "a tunnel (CF-Connecting-IP)": [HOST, "CF-Connecting-IP: 127.0.0.1"],
  "a tunnel (CDN-Loop)": [HOST, "CDN-Loop: cloudflare"],
  "a gateway (X-Azure-ClientIP)": [HOST, "X-Azure-ClientIP: 127.0.0.1"],
  "a script of another site": [
    HOST,
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Mode: cors",
    "Origin: https://evil.example",
  ],
  "a script on another port": [
    HOST,
    "Sec-Fetch-Site: same-site",
    "Sec-Fetch-Mode: cors",
    "Origin: http://localhost:5173",
  ],
  "a script of an old browser": [HOST, "Origin: https://evil.example"],
  "a sandboxed script of an old browser": [HOST, "Origin: null"],
  "an unknown Sec-Fetch-Site": [HOST, "Sec-Fetch-Site: same-origin, cross-site"],
  "an empty Sec-Fetch-Site": [HOST, "Sec-Fetch-Site:"],
};

/** Requests of the developer. */
const DEVELOPERS: Readonly<Record<string, readonly string[]>> = {
  "the address bar": [HOST, "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"],
  "a link on the page itself": [HOST, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate"],
  curl: ["Host: 127.0.0.1:7148"],
  IPv6: ["Host: [::1]:7148"],
};

function register(target: Target): void {
  target.app.get("/boom", () => {
    throw new Error("boom.secret");
  });
  target.app.get("/pages/{name}", () => ({}));
}

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The policy of these pages is their own, so the answers are taken apart here. */
async function ask({ port }: Target, method: string, path: string, lines: readonly string[] = [HOST]): Promise<Answer> {
  const connection = await RawConnection.open(port);
  const bytes = await connection.send(requestText(method, path, lines)).all();
  const [head = "", ...body] = bytes.split("\r\n\r\n");
  const [statusLine = "", ...fields] = head.split("\r\n");
  const headers = fields.map(
    (field) => [field.slice(0, field.indexOf(":")), field.slice(field.indexOf(":") + 2)] as const,
  );
  return { status: Number(statusLine.split(" ")[1]), headers: new Map(headers), body: body.join("\r\n\r\n") };
}

/** An answer without what differs from one request to the next. */
function lasting({ status, headers, body }: Answer): object {
  const kept = [...headers].filter(([name]) => !["Date", "X-Request-ID"].includes(name));
  return { status, headers: kept, body: body.replace(/Request [\w-]+/, "") };
}

describe("the debug pages", () => {
  const target = new Target({ TINA4_DEBUG: true, TINA4_ALLOWED_HOSTS: HOSTS, TINA4_CORS_ORIGINS: "*" });

  before(async () => {
    register(target);
    await target.listen();
  });
  after(() => target.app.close());

  for (const [who, lines] of Object.entries(DEVELOPERS)) {
    it(`are shown to the developer: ${who}`, async () => {
      const overview = await ask(target, "GET", "/__tina4", lines);
      assert.deepEqual([overview.status, INSIDE.test(overview.body)], [200, true]);
      const error = await ask(target, "GET", "/boom", [...lines, BROWSER]);
      assert.deepEqual([error.status, INSIDE.test(error.body)], [500, true]);
    });
  }

  for (const [who, lines] of Object.entries(STRANGERS)) {
    it(`do not exist for ${who}`, async () => {
      for (const accept of [BROWSER, "Accept: application/json", "Accept: application/problem+json"]) {
        const overview = await ask(target, "GET", "/__tina4", [...lines, accept]);
        const unknown = await ask(target, "GET", "/__tina5", [...lines, accept]);
        assert.equal(overview.status, 404);
        assert.deepEqual(lasting(overview), lasting(unknown));
        const error = await ask(target, "GET", "/boom", [...lines, accept]);
        assert.equal(error.status, 500);
        assert.doesNotMatch(error.body, INSIDE);
        assert.doesNotMatch(error.body, /debug/);
      }
    });
  }

  it("do not exist for who comes through a proxy that only its HTTP/1.0 gives away, as nginx by default", async () => {
    for (const [path, status] of [
      ["/__tina4", 404],
      ["/boom", 500],
    ] as const) {
      const connection = await RawConnection.open(target.port);
      const answer = await connection.send(`GET ${path} HTTP/1.0\r\n${HOST}\r\n${BROWSER}\r\n\r\n`).all();
      assert.equal(answer.split(" ")[1], String(status));
      assert.doesNotMatch(answer, INSIDE);
    }
  });

  it("do not open for a page of another site that navigates to them, but an error shows its user what happened", async () => {
    const lines = [HOST, BROWSER, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"];
    assert.equal((await ask(target, "GET", "/__tina4", lines)).status, 404);
    assert.match((await ask(target, "GET", "/boom", lines)).body, INSIDE);
  });

  for (const remoteAddress of ["192.168.1.7", "203.0.113.7", "::2", "::ffff:10.0.0.1", "fe80::1"]) {
    it(`do not exist for the peer ${remoteAddress}, whatever its Host says`, async () => {
      const get = (path: string): Promise<Response> =>
        target.app.dispatch({
          path,
          headers: { Host: "localhost", Accept: "text/html" },
          remoteAddress,
        } as InProcessRequest);
      assert.equal((await get("/__tina4")).status, 404);
      assert.doesNotMatch(await (await get("/boom")).text(), INSIDE);
    });
  }

  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    it(`are only read: ${method}`, async () => {
      const overview = await ask(target, method, "/__tina4");
      const unknown = await ask(target, method, "/__tina5");
      assert.equal(overview.status, 404);
      assert.deepEqual(lasting(overview), lasting(unknown));
    });
  }

  it("answer HEAD with the headers of GET and no body", async () => {
    const head = await ask(target, "HEAD", "/__tina4");
    assert.deepEqual([head.status, head.body], [200, ""]);
    assert.ok(Number(head.headers.get("Content-Length")) > 1000);
  });

  for (const path of ["/__tina4/", "/__TINA4", "/__tina4/doors", "/__tina%34", "//__tina4", "/x/../__tina4"]) {
    it(`have one path only, and not ${path}`, async () => {
      assert.doesNotMatch((await ask(target, "GET", path, [HOST, BROWSER])).body, INSIDE);
    });
  }

  for (const path of ["/__tina4", "/boom"]) {
    it(`are kept by nobody, framed by nobody and read by no script of another site: ${path}`, async () => {
      const { headers } = await ask(target, "GET", path, [HOST, BROWSER]);
      assert.equal(headers.get("Cache-Control"), "no-store");
      assert.equal(headers.get("X-Frame-Options"), "DENY");
      assert.equal(headers.get("Cross-Origin-Resource-Policy"), "same-origin");
      assert.equal(headers.get("Access-Control-Allow-Origin"), undefined);
      assert.match(
        String(headers.get("Content-Security-Policy")),
        /^default-src 'none'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; script-src 'nonce-[\w-]{22}'; style-src 'nonce-[\w-]{22}'$/,
      );
      assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
    });
  }
});

describe("the debug pages in production", () => {
  const target = new Target({ TINA4_DEBUG: false });

  before(async () => {
    register(target);
    await target.listen();
  });
  after(() => target.app.close());

  for (const method of ["GET", "HEAD", "POST"]) {
    it(`are the 404 of any unknown path, also for the developer: ${method}`, async () => {
      const overview = await ask(target, method, "/__tina4", [HOST, BROWSER]);
      const unknown = await ask(target, method, "/__tina5", [HOST, BROWSER]);
      assert.equal(overview.status, 404);
      assert.deepEqual(lasting(overview), lasting(unknown));
    });
  }

  it("show nothing of an error", async () => {
    const { body } = await ask(target, "GET", "/boom", [HOST, BROWSER]);
    assert.doesNotMatch(body, INSIDE);
  });
});
