import { once } from "node:events";
import { connect } from "node:net";

const ANSWER_TIMEOUT_MS = 10_000;

/** One response as it stood on the wire. */
export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** The value of a header, or `null`. Of a header that stands there twice, the first. */
export function headerOf({ head }: Answer, name: string): string | null {
  const line = head.split("\r\n").find((text) => text.toLowerCase().startsWith(`${name.toLowerCase()}: `));
  return line === undefined ? null : line.slice(name.length + 2);
}

/** Everything that the server sets as cookies. */
export function cookiesOf({ head }: Answer): string[] {
  return head.split("\r\n").flatMap((line) => (/^set-cookie: /i.test(line) ? [line.slice(12)] : []));
}

/** The members of a JSON answer. */
export function jsonOf({ body }: Answer): Record<string, unknown> {
  return JSON.parse(body) as Record<string, unknown>;
}

/** Sends bytes as they stand on a connection of their own, and gives what came back until the server closed it. */
export async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(new Error("The server neither answers nor closes.")));
  let received = "";
  let failure: Error | undefined;
  socket.on("data", (text: string) => {
    received += text;
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    // A server that refuses a body may close before it was sent; what it answered counts.
    if (error.code !== "ECONNRESET" && error.code !== "EPIPE") failure = error;
  });
  const closed = once(socket, "close");
  socket.write(bytes, "latin1");
  await closed;
  if (failure !== undefined) throw failure;
  return received;
}

/** Cuts what came over the wire into responses, by the length that each one says. */
export function readAnswers(text: string): Answer[] {
  const answers: Answer[] = [];
  for (let rest = text; rest !== ""; ) {
    const end = rest.indexOf("\r\n\r\n");
    const head = rest.slice(0, end);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    if (end < 0 || Number.isNaN(status)) throw new Error(`This is no response: ${JSON.stringify(rest.slice(0, 200))}`);
    const told = /^content-length: (\d+)$/im.exec(head)?.[1];
    const length = told === undefined ? (hasNoBody(status, head) ? 0 : Number.POSITIVE_INFINITY) : Number(told);
    answers.push({ status, head, body: rest.slice(end + 4, end + 4 + length) });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}

function hasNoBody(status: number, head: string): boolean {
  return status < 200 || status === 204 || status === 304 || /^content-length: 0$/im.test(head);
}
