import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { jsonOf } from "../answers.ts";
import { Browser } from "../browser.ts";
import { type AttackRow, inProcess, row } from "../row.ts";
import type { Target } from "../target.ts";
import { accessToken } from "../tokens.ts";

/** Masks nothing, as every byte is combined with zero. */
const MASK = "\0\0\0\0";
const SPACES = 16_000;
const HANDSHAKE = [
  ...["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

const asks = (path: string, ...lines: readonly string[]): string =>
  `${[`GET ${path} HTTP/1.1`, "Host: localhost", ...HANDSHAKE, ...lines].join("\r\n")}\r\n\r\n`;

/** Opens the public WebSocket, sends frames as they stand, and gives all that came until the server closed it. */
async function closing(target: Target, frames: string): Promise<string> {
  const socket: Socket = connect(target.port, "127.0.0.1").setEncoding("latin1");
  let received = "";
  socket.on("data", (text: string) => {
    received += text;
    // A client that is told to leave leaves.
    if (received.includes("\x88")) socket.end();
  });
  socket.on("error", () => socket.destroy());
  socket.write(asks("/ws/open"), "latin1");
  while (!received.includes("\r\n\r\n")) await once(socket, "data");
  assert.match(received, /^HTTP\/1\.1 101 /);
  socket.write(frames, "latin1");
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
  return received;
}

async function closesWith(target: Target, code: number, ...frames: readonly string[]): Promise<void> {
  for (const frame of frames) {
    const text = await closing(target, frame);
    assert.ok(text.includes(String.fromCharCode(code >> 8, code & 0xff)), JSON.stringify(text.slice(-40)));
  }
}

async function tickets(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const { ticket } = jsonOf(await browser.ask("GET", "/ticket"));
  const open = async (query: string): Promise<number | undefined> =>
    (await target.send(asks(`/ws${query}`)))[0]?.status;
  const first = connect(target.port, "127.0.0.1");
  first.write(asks(`/ws?ticket=${ticket}`));
  const [answer] = (await once(first, "data")) as [Buffer];
  assert.match(answer.toString("latin1"), /^HTTP\/1\.1 101 /);
  first.destroy();
  const { refreshToken } = jsonOf(await browser.ask("GET", "/pair"));
  const mark = target.logLength;
  for (const query of [
    `?ticket=${ticket}`,
    `?token=${accessToken()}`,
    `?ticket=${accessToken()}`,
    `?ticket=${refreshToken}`,
    "",
  ]) {
    assert.equal(await open(query), 401, query.slice(0, 12));
  }
  assert.doesNotMatch((await target.logged(mark, /refused/)).join(), /eyJ[\w-]{12}/);
}

export const SOCKET_ROWS: readonly AttackRow[] = [
  row("V03", "a ticket used twice, other tokens in its place", "401, not in the log", tickets),
  row("V05", "thousands of spaces among subprotocols", "400 or 431", async (target) => {
    const [answer] = await target.send(asks("/ws/open", `Sec-WebSocket-Protocol: b${" ".repeat(SPACES)}x`));
    assert.ok([400, 431].includes(answer?.status ?? 0), `${answer?.status}`);
  }),
  row("V08", "fragments without end", "closed with 1008", (target) =>
    closesWith(target, 1008, `\x01\x80${MASK}${`\0\x80${MASK}`.repeat(2000)}`),
  ),
  row("V09", "frames that break the protocol", "closed with 1002 or 1007", async (target) => {
    const oversized = `\x89\xfe\0\x7e${MASK}${"a".repeat(126)}`;
    await closesWith(target, 1002, "\x81\x01a", `\xc1\x81${MASK}a`, `\x88\x82${MASK}\x03\xed`, oversized);
    await closesWith(target, 1007, `\x81\x81${MASK}\xff`);
  }),
  inProcess("V10", "a client that does not read", "held back, then closed"),
  row("V12", "a detour and an unknown path", "400 and 404", async (target) => {
    for (const [path, status] of [
      ["/ws/../admin", 400],
      ["/ws/nowhere", 404],
      ["/ws/open/", 404],
      ["//ws/open", 400],
    ] as const) {
      assert.equal((await target.send(asks(path)))[0]?.status, status, path);
    }
  }),
  inProcess("V13", "a reason for closing that is no text", "refused; no memory is sent"),
  row("V14", "a flood of pings", "costs the connection", async (target) => {
    await closing(target, `\x89\x80${MASK}`.repeat(200));
  }),
];
