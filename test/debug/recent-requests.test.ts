import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { RecentRequests } from "../../src/debug/recent-requests.ts";
import { REFUSALS, refuse } from "../../src/errors.ts";
import type { Request } from "../../src/http/request.ts";

const requestOf = (url: string, id = "id"): Request =>
  ({ id, method: "GET", url, path: url.split("?")[0], route: null }) as unknown as Request;

describe("RecentRequests", () => {
  let clock = 0;
  let requests: RecentRequests;

  beforeEach(() => {
    clock = 1000;
    requests = new RecentRequests({ now: () => 1_700_000_000_000 + clock, monotonicNow: () => clock });
  });

  it("remembers what a log line would say, the latest first", () => {
    const startedAt = requests.start();
    clock += 5;
    requests.write(requestOf("/a", "one"), 200, startedAt);
    requests.write(requestOf("/b", "two"), 204, startedAt);
    assert.deepEqual(requests.latest[1], {
      ...{ id: "one", method: "GET", target: "/a", status: 200, durationMs: 5 },
      ...{ endedAt: 1_700_000_001_005, stop: undefined },
    });
    assert.deepEqual(
      requests.latest.map(({ id }) => id),
      ["two", "one"],
    );
  });

  it("keeps a hundred", () => {
    for (let count = 0; count < 250; count += 1) requests.write(requestOf(`/${count}`), 200, 0);
    assert.equal(requests.latest.length, 100);
    assert.deepEqual([requests.latest[0]?.target, requests.latest[99]?.target], ["/249", "/150"]);
  });

  it("keeps few characters of each, and no secret", () => {
    const request = requestOf(`/a?token=hidden&b=${"c".repeat(8000)}`);
    requests.stop(request, { ...refuse("CSRF_INVALID"), reason: `password=hunter2 ${"d".repeat(100_000)}` });
    requests.write(request, 403, 0);
    const [kept] = requests.latest;
    assert.ok(JSON.stringify(kept).length < 1100);
    assert.doesNotMatch(JSON.stringify(kept), /hidden|hunter2/);
  });

  it("says what stopped a request: the reason for the log, else what the client was told", () => {
    const [one, other] = [requestOf("/a"), requestOf("/b")];
    requests.stop(one, { ...refuse("CSRF_INVALID"), reason: "a form token was used before" });
    requests.stop(other, refuse("TOKEN_MISSING"));
    for (const request of [one, other]) requests.write(request, 403, 0);
    assert.deepEqual(
      requests.latest.map(({ stop }) => stop),
      [
        { code: "TOKEN_MISSING", reason: REFUSALS.TOKEN_MISSING[1] },
        { code: "CSRF_INVALID", reason: "a form token was used before" },
      ],
    );
  });

  it("leaves out what it is told to", () => {
    const request = requestOf("/__tina4");
    requests.leaveOut(request);
    requests.write(request, 200, 0);
    assert.deepEqual(requests.latest, []);
  });
});
