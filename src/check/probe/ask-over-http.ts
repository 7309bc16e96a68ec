import { once } from "node:events";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";

const TIMEOUT_MS = 5000;
const MAX_BODY_BYTES = 65_536;

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly question: Question;
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** Its first 64 KiB. */
  readonly body: string;
}

/** Asks one server one question, and follows no redirect. */
export type Ask = (question: Question) => Promise<Answer>;

/**
 * Asks a server over HTTP or HTTPS, each question on a connection of its own.
 *
 * @param timeoutMs how long an answer may take, its body included. Default 5,000 milliseconds.
 * @throws {Error} when there is no answer in that time, or its certificate is not to be trusted.
 */
export function askOverHttp(origin: URL, timeoutMs: number = TIMEOUT_MS): Ask {
  const request = origin.protocol === "https:" ? httpsRequest : httpRequest;
  return async (question) => {
    const { method, path, headers = {} } = question;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const outgoing = request(new URL(path, origin), { method, headers, agent: false, signal }).end();
      const incoming = await answerTo(outgoing);
      outgoing.on("error", () => {}); // it is an error of the body then
      const { statusCode: status = 0, headers: answered } = incoming;
      return { question, status, headers: answered, body: await readBody(incoming) };
    } catch (error) {
      throw signal.aborted ? new Error(`${method} ${path}: no answer within ${timeoutMs} ms`) : error;
    }
  };
}

/** A server that switches to another protocol (101) has ended the exchange, and Node.js calls that neither answer nor error. */
async function answerTo(outgoing: ClientRequest): Promise<IncomingMessage> {
  const closed = once(outgoing, "close").then(() => {
    throw new Error("the connection was closed without an answer");
  });
  const [incoming] = (await Promise.race([once(outgoing, "response"), closed])) as [IncomingMessage];
  return incoming;
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let body = "";
  incoming.setEncoding("utf8");
  for await (const text of incoming) {
    body += text;
    if (body.length > MAX_BODY_BYTES) break;
  }
  return body.slice(0, MAX_BODY_BYTES);
}
