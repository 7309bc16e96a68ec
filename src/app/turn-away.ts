import type { Duplex } from "node:stream";
import type { Refusal } from "../errors.ts";
import type { Logger } from "../log/logger.ts";
import { bareAnswer, rawAnswer } from "./bare-answer.ts";
import type { Connection } from "./connection.ts";

/** What is known where a client is turned away at the door. */
export interface Porter {
  /** Headers that every answer carries, names and values in turn; also those that are written before a request exists. */
  readonly commonHeaders: readonly string[];
  readonly log: Logger;
}

/** Answers what never became a request, and the connection ends. A raw write while a response is owed would corrupt that one. */
export function turnAway(connection: Connection, refusal: Refusal, { commonHeaders, log }: Porter): void {
  if (connection.isBroken) return;
  connection.isBroken = true;
  const socket: Duplex & { readonly remoteAddress?: string | undefined } = connection.socket;
  if (!socket.writable) {
    connection.end();
    return;
  }
  const { status, code } = refusal;
  if (!connection.isClosing) log.info({ status, code, ip: socket.remoteAddress }, "refused");
  answerBroken(connection, refusal, commonHeaders);
}

function answerBroken(connection: Connection, refusal: Refusal, commonHeaders: readonly string[]): void {
  const { owed } = connection;
  if (owed === undefined) {
    // After the answer that said "Connection: close" nothing is said any more.
    connection.end(connection.isClosing ? undefined : rawAnswer(refusal, commonHeaders));
  } else if (owed.req.complete) {
    connection.end();
  } else if (!owed.headersSent) {
    const { status, headers, body } = bareAnswer(refusal, commonHeaders);
    owed.writeHead(status, [...headers]).end(body);
    connection.end();
  } else if (connection.isAnswered) {
    owed.end();
    connection.end();
  } else {
    // With an end it would look whole.
    connection.socket.destroy();
  }
}
