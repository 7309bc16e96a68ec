export { CookieJar } from "./cookie-jar.ts";
export { FakeClock } from "./fake-clock.ts";
export { TestClient, type TestClientOptions, testClient } from "./test-client.ts";
export type { TestPage } from "./test-page.ts";
export type { TestRequest } from "./test-request.ts";
export type { TestSocket } from "./test-socket.ts";
export type { TestSocketRequest } from "./test-socket-request.ts";
