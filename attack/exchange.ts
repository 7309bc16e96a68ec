import { once } from "node:events";
import { connect } from "node:net";

const ANSWER_TIMEOUT_MS = 10_000;

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
