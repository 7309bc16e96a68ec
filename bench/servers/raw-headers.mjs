// node:http that does nothing but write the headers which every protected answer carries, always the same: their price alone.
import { createServer } from "node:http";
import { CSP_DIRECTIVES, EXPOSED_HEADERS, ORIGIN, PERMISSIONS_POLICY, PORT, RATE_LIMIT } from "./protection.mjs";

const CSP = Object.entries(CSP_DIRECTIVES).map(([name, sources]) => `${name} ${sources.join(" ")}`);
const HEADERS = [
  ["X-Frame-Options", "SAMEORIGIN"],
  ["X-Content-Type-Options", "nosniff"],
  ["Content-Security-Policy", CSP.join("; ")],
  ["Referrer-Policy", "strict-origin-when-cross-origin"],
  ["X-XSS-Protection", "0"],
  ["Permissions-Policy", PERMISSIONS_POLICY],
  ["Access-Control-Allow-Origin", ORIGIN],
  ["Access-Control-Expose-Headers", EXPOSED_HEADERS.join(",")],
  ["Vary", "Origin"],
  ["X-Request-ID", "0123456789abcdef0123456789abcdef"],
  ["X-RateLimit-Limit", String(RATE_LIMIT)],
  ["X-RateLimit-Remaining", String(RATE_LIMIT - 1)],
  ["X-RateLimit-Reset", "60"],
  ["Content-Type", "application/json; charset=utf-8"],
].flat();

createServer((_request, response) => {
  const body = JSON.stringify({ hello: "world" });
  response.writeHead(200, [...HEADERS, "Content-Length", String(Buffer.byteLength(body))]);
  response.end(body);
}).listen(PORT, "127.0.0.1");
