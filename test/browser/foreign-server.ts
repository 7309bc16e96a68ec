import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

const LETS_EVERYBODY_READ = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "*, Authorization",
  "Access-Control-Expose-Headers": "*",
};
const TOKENS = { FreshToken: "foreign.fresh.token", "X-Form-Token": "foreign.form.token" };

export interface ForeignServer {
  readonly origin: string;
  /** What it was sent. */
  readonly received: { readonly line: string; readonly headers: IncomingHttpHeaders; readonly body: string }[];
  close(): void;
}

/** A server of somebody else, that lets everybody read what it answers, and gives everybody tokens. */
export async function openForeignServer(answer: object): Promise<ForeignServer> {
  const received: ForeignServer["received"] = [];
  const server = createServer(async (request, response) => {
    received.push({ line: `${request.method} ${request.url}`, headers: request.headers, body: await text(request) });
    response.writeHead(200, { "Content-Type": "application/json", ...LETS_EVERYBODY_READ, ...TOKENS });
    response.end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, received, close: () => void server.close() };
}
