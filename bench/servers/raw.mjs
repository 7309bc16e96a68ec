// node:http alone, without any protection: what the platform costs.
import { createServer } from "node:http";
import { PORT } from "./protection.mjs";

createServer((_request, response) => {
  const body = JSON.stringify({ hello: "world" });
  response.writeHead(200, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}).listen(PORT, "127.0.0.1");
