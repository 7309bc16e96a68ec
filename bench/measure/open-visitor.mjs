import { Agent, request } from "node:http";
import { ORIGIN } from "../servers/protection.mjs";

/**
 * Somebody who sends requests one after another, over one connection each time.
 *
 * @param scenario A request, or a function that makes each one from the answer before it, which is `undefined` at first.
 * @returns A function that sends as many as it is told, and refuses any other status than 200.
 */
export function openVisitor(port, scenario) {
  const next = typeof scenario === "function" ? scenario : () => scenario;
  let answer;
  return async (count) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let sent = 0; sent < count; sent += 1) answer = await ask(port, agent, next(answer));
    agent.destroy();
  };
}

function ask(port, agent, { path, method = "GET", headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
    const all = { Origin: ORIGIN, ...headers, ...length };
    const outgoing = request({ host: "127.0.0.1", port, path, method, agent, headers: all }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve(answer) : reject(new Error(`${path} was answered ${answer.statusCode}.`)),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
