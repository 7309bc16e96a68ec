import { once } from "node:events";
import { connect } from "node:net";

/** So many requests are under way at once, so that the server need not wait for the client; it takes sixteen. */
const AHEAD = 8;
const STATUS_LINE = /HTTP\/1\.1 (\d{3})/g;
const STATUS_LINE_CHARACTERS = 12;

/**
 * Sends `requestAt(0)`, `requestAt(1)` and so on over a connection of its own.
 *
 * @returns How many answers had which status.
 */
export async function sendAhead(port, count, requestAt) {
  const socket = connect(port, "127.0.0.1").setNoDelay();
  await once(socket, "connect");
  const statuses = {};
  let sent = 0;
  let answered = 0;
  let unread = "";
  sendMore();
  for await (const chunk of socket) {
    unread += chunk.toString("latin1");
    let read = 0;
    for (const { 1: status, index } of unread.matchAll(STATUS_LINE)) {
      statuses[status] = (statuses[status] ?? 0) + 1;
      answered += 1;
      read = index + STATUS_LINE_CHARACTERS;
    }
    unread = unread.slice(Math.max(read, unread.length - STATUS_LINE_CHARACTERS));
    if (answered === count) return statuses;
    sendMore();
  }
  throw new Error(`The connection was closed after ${answered} of ${count} answers.`);

  function sendMore() {
    const until = Math.min(count, answered + AHEAD);
    let text = "";
    for (; sent < until; sent += 1) text += requestAt(sent);
    if (text !== "") socket.write(text);
  }
}

/** The text of a request for a pipeline. */
export function requestText(method, path, headers = {}, body = "") {
  const all = body === "" ? headers : { ...headers, "Content-Length": Buffer.byteLength(body) };
  const lines = Object.entries({ Host: "127.0.0.1", ...all }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}
