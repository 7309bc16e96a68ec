import { request as httpRequest, type IncomingMessage } from "node:http";
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
 * Asks a server over HTTP or HTTPS, each question on a connection of its own and for five seconds at most.
 *
 * @throws {Error} when there is no answer in that time, or its certificate is not to be trusted.
 */
export function askOverHttp(origin: URL): Ask {
  const request = origin.protocol === "https:" ? httpsRequest : httpRequest;
  return (question) =>
    new Promise((resolve, reject) => {
      const { method, path, headers = {} } = question;
      const options = { method, headers, agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
      const outgoing = request(new URL(path, origin), options, (incoming) => {
        const { statusCode: status = 0, headers: answered } = incoming;
        readBody(incoming).then((body) => resolve({ question, status, headers: answered, body }), reject);
      });
      outgoing.on("error", reject);
      outgoing.end();
    });
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
