import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { Application } from "../app/application.ts";
import { type InProcessRequest, sendRequest } from "../app/send-request.ts";

const LOOPBACK = "127.0.0.1";

/** How a test reaches an application. */
export interface TestTransport {
  readonly host: string;
  readonly send: (request: InProcessRequest) => Promise<globalThis.Response>;
  readonly connect: () => Duplex;
}

/** Starts an application, with or without a port. Both ways go through the same parser and checks. */
export async function testTransport(app: Application, transport: "in-process" | "socket"): Promise<TestTransport> {
  if (transport === "in-process") {
    const connectInProcess = await app.connector();
    return { host: "localhost", send: (request) => app.dispatch(request), connect: () => connectInProcess(LOOPBACK) };
  }
  const { port } = await app.listen({ port: 0, host: LOOPBACK });
  const connectToPort = (): Duplex => connect(port, LOOPBACK);
  return { host: `localhost:${port}`, send: (request) => sendRequest(request, connectToPort), connect: connectToPort };
}
