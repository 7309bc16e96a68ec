/**
 * What an `@example` may use without saying where it comes from, beside the exports of `src/`: how each name is declared.
 *
 * A name that is only declared stands for something that a block cannot bring along, such as a request. Blocks with such a name are
 * compiled, but not run.
 */
export const EXAMPLE_NAMES: ReadonlyMap<string, string> = new Map([
  ["secret", 'const secret = "5f1c0a9d4be7327860c8a1f25d3e9b476f02d8c4317ae95b6028f4d1c97ab35e";'],
  ["secretOfLastYear", 'const secretOfLastYear = "e80d7b1f6a2493c5084bd6e17f90a3c25d1b68f47e3a0c9d52b6184f7ae3901c";'],
  ["sessionId", 'const sessionId = "kq3v0Yw7uJ1mXbT5sR9eLdNcGhZaPf2oVi8tQxKy4Ew";'],
  ["email", 'const email = "alice@example.com";'],
  ["text", 'const text = "remember the milk";'],
  ["userId", "const userId = 42;"],
  ["words", 'const words = "red shoes";'],
  ["presentedKey", 'const presentedKey = "tk_live_0123456789abcdef";'],
  ["storedHash", 'const storedHash = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";'],
  ["anonymousKey", 'const anonymousKey = new TextEncoder().encode("9f2c61d0a7b84e35c1906f7e2d83b854");'],
  ["writeFileSync", 'import { writeFileSync } from "node:fs";'],
  ["session", 'declare const session: import("./dist/session/session.js").Session;'],
  ["store", 'declare const store: import("./dist/session/session-store.js").SessionStore;'],
  ["token", "declare const token: string;"],
  ["database", 'declare const database: import("./dist/database/database.js").Database;'],
  ["request", 'declare const request: import("./dist/http/request.js").Request;'],
  ["response", 'declare const response: import("./dist/http/response.js").Response;'],
  ["server", 'declare const server: import("node:net").Server;'],
]);
