import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { connect } from "node:tls";
import { WebSocket } from "ws";
import type { Application } from "../../src/app/application.ts";
import { checkServer } from "../../src/check/check-server.ts";
import { newApp } from "../app/test-app.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { RunningNginx, skip } from "./fixtures/running-nginx.ts";

const NAME = "shop.example";
const OWN_PAGE = `https://${NAME}`;
const guide = readFileSync(`${PROJECT_ROOT}docs/guides/run-behind-nginx.md`, "utf8");
const [, site = ""] = /```nginx\n([\s\S]*?)```/.exec(guide) ?? [];
const [, settings = ""] = /```ini\n([\s\S]*?)```/.exec(guide) ?? [];

/** nginx as the guide says, before an application with the settings that it says. */
describe("the guide to nginx", { skip }, () => {
  let app: Application;
  let nginx: RunningNginx;
  before(async () => {
    const told = settings.split("\n").filter((line) => line !== "");
    app = newApp(Object.fromEntries(told.map((line) => line.split("=")))).app;
    app.get("/", ({ ip, session }) => {
      session.set("seen", true);
      return { ip };
    });
    app
      .post("/upload", () => ({ ok: true }))
      .noAuth()
      .upload();
    app
      .websocket("/echo", async (socket) => {
        for await (const message of socket) void socket.send(message);
      })
      .noAuth();
    const { url } = await app.listen({ port: 0, host: "127.0.0.1" });
    nginx = await RunningNginx.start(NAME, site.replace("127.0.0.1:7148", new URL(url).host));
  });
  after(async () => {
    await nginx?.stop();
    await app?.close();
  });

  it("brings browsers to HTTPS, with cookies that stay there", async () => {
    const { status, headers } = await nginx.ask({ method: "GET", path: "/cart?page=2" }, false);
    assert.deepEqual([status, headers.location], [301, `${OWN_PAGE}/cart?page=2`]);
    const secure = await nginx.ask({ method: "GET", path: "/" });
    assert.match(String(secure.headers["set-cookie"]), /^__Host-tina4_session=[^;]+; Path=\/; HttpOnly; Secure;/);
    assert.match(String(secure.headers["strict-transport-security"]), /^max-age=31536000/);
  });

  it("has every visitor counted by the address that nginx sees, whatever X-Forwarded-For said", async () => {
    const left: number[] = [];
    for (const claimed of ["203.0.113.1", "203.0.113.2", "203.0.113.3"]) {
      const { headers, body } = await nginx.ask({ method: "GET", path: "/", headers: { "X-Forwarded-For": claimed } });
      assert.equal(body, '{"ip":"127.0.0.1"}');
      left.push(Number(headers["x-ratelimit-remaining"]));
    }
    const [first = 0] = left;
    assert.deepEqual(left, [first, first - 1, first - 2]);
  });

  it("lets no other name through", async () => {
    const elsewhere = { Host: "elsewhere.example" };
    assert.equal((await nginx.ask({ method: "GET", path: "/", headers: elsewhere })).status, 421);
    const servername = "elsewhere.example";
    await assert.rejects(nginx.ask({ method: "GET", path: "/", servername }), /unrecognized name/);
  });

  it("hands on the path as it came", async () => {
    for (const path of ["//upload", "/a/../upload", "/a/%2e%2e/upload", "/%2e%2e/upload"]) {
      assert.equal((await nginx.ask({ method: "GET", path })).status, 400, path);
    }
  });

  it("lets through what the application takes, and leaves it to the application to refuse more", async () => {
    const { TINA4_MAX_UPLOAD_SIZE: mostUploaded, TINA4_MAX_BODY_SIZE: most } = app.settings;
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
    const send = (type: string, body: Buffer) =>
      nginx.ask({ method: "POST", path: "/upload", headers: { "Content-Type": type, Origin: OWN_PAGE }, body });
    const file = [Buffer.from(head), Buffer.alloc(mostUploaded - 1000), Buffer.from("\r\n--b--\r\n")];
    assert.equal((await send("multipart/form-data; boundary=b", Buffer.concat(file))).status, 200);
    const { status, body } = await send("application/json", Buffer.alloc(most + 1, " "));
    assert.deepEqual([status, body], [413, '{"error":"Request body too large"}']);
  });

  it("opens a WebSocket for our own page, and for no other site's", async () => {
    const [echoed] = await answerTo(OWN_PAGE, "message");
    assert.equal(String(echoed), "hello");
    const [, refusal] = await answerTo("https://evil.example", "unexpected-response");
    assert.equal((refusal as { statusCode: number }).statusCode, 403);
  });

  it("passes tina4 check --url, but for the name of nginx", async () => {
    const { findings } = await checkServer(new URL(OWN_PAGE), (question) => nginx.ask(question), app);
    assert.deepEqual([...new Set(findings.map(({ id }) => id))], ["T4-111"]);
  });

  /** Says hello over a WebSocket of a page, and gives what came of it. */
  async function answerTo(origin: string, event: "message" | "unexpected-response"): Promise<unknown[]> {
    const { httpsPort: port, ca } = nginx;
    const createConnection = () => connect({ host: "127.0.0.1", port, servername: NAME, ca });
    const socket = new WebSocket(`ws://${NAME}/echo`, { origin, createConnection });
    socket.on("open", () => socket.send("hello"));
    const answer = await once(socket, event);
    socket.on("error", () => {});
    socket.terminate();
    return answer;
  }
});
