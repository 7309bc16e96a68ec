import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scrubText } from "../../src/log/scrub-text.ts";

const JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJlLW9mLXRoaXMtdG9rZW4";

describe("scrubText", () => {
  it("removes everything shaped like a JSON Web Token, whole or cut, wherever it stands", () => {
    assert.equal(scrubText(`bad token ${JWT}!`), "bad token [redacted]!");
    assert.equal(scrubText(`(${JWT.slice(0, 60)})`), "([redacted])");
    assert.equal(scrubText(`/x%3D${JWT}`), "/x%3D[redacted]");
  });

  it("removes everything shaped like an API key of ours, whole or cut, and no other word", () => {
    const key = `tk_${"0a1b".repeat(14)}`;
    assert.equal(scrubText(`INSERT '${key}'`), "INSERT '[redacted]'");
    assert.equal(scrubText(`got ${key.slice(0, 20)}`), "got [redacted]");
    assert.equal(scrubText("tk_9f3c1b is the prefix of stk_events"), "tk_9f3c1b is the prefix of stk_events");
  });

  it("removes what follows Bearer and Basic", () => {
    assert.equal(scrubText("sent Bearer abc.def-123 twice"), "sent Bearer [redacted] twice");
    assert.equal(scrubText("basic dXNlcjpwYXNz"), "basic [redacted]");
  });

  it("removes the rest of a header line that carries credentials", () => {
    for (const name of ["Authorization", "Proxy-Authorization", "Cookie", "set-cookie", "X-API-Key", "X-Form-Token"]) {
      assert.equal(
        scrubText(`GET /\n${name}: MARKER a=MARKER; MARKER\nHost: a`),
        `GET /\n${name}: [redacted]\nHost: a`,
      );
    }
  });

  it("removes the values of secret parameters and fields", () => {
    assert.equal(scrubText("/ws?ticket=MARKER&room=7"), "/ws?ticket=[redacted]&room=7");
    assert.equal(
      scrubText("formToken=MARKER&name=x&user[password]=MARKER"),
      "formToken=[redacted]&name=x&user[password]=[redacted]",
    );
    assert.equal(scrubText(`access_token="MAR KER" y=1`), "access_token=[redacted] y=1");
    assert.equal(scrubText(`${"x".repeat(500)}_token=MARKER`), `${"x".repeat(500)}_token=[redacted]`);
  });

  it("removes the values of secret members in JSON and in inspected objects", () => {
    assert.equal(scrubText(`{"user":"a","password":"MAR\\"KER","n":1}`), `{"user":"a","password":[redacted],"n":1}`);
    assert.equal(scrubText("{ password: 'MAR KER', apiKey: MARKER }"), "{ password: [redacted], apiKey: [redacted] }");
    assert.equal(scrubText(`{"pin":"MARKER","code":"E1"}`), `{"pin":[redacted],"code":"E1"}`);
    assert.equal(scrubText(`{'refresh_token': 'MARKER'}`), `{'refresh_token': [redacted]}`);
    assert.equal(scrubText(`{"set-cookie":["MARKER","MARKER"],"a":1}`), `{"set-cookie":[redacted],"a":1}`);
    assert.equal(scrubText(`["Cookie","MARKER; b=MARKER","Host","a"]`), `["Cookie",[redacted],"Host","a"]`);
  });

  it("removes them in JSON that is itself a text in JSON, and in text that was cut off", () => {
    for (const text of [JSON.stringify('{"a":{"password":"MARKER","b":"c"}}'), `{"password":"MARK`, "token='MARK"]) {
      assert.doesNotMatch(scrubText(JSON.stringify(text)), /MARK/);
      assert.doesNotMatch(scrubText(text), /MARK/);
    }
  });

  it("removes the credentials of a URL and leaves the URL", () => {
    assert.equal(
      scrubText("connect redis://u:MARKER@cache:6379/0 failed"),
      "connect redis://[redacted]@cache:6379/0 failed",
    );
    assert.equal(scrubText("to postgres://u:MAR@KER@db/shop, a@b"), "to postgres://[redacted]@db/shop, a@b");
    assert.equal(scrubText("see https://example.com/@user"), "see https://example.com/@user");
  });

  it("leaves ordinary messages alone", () => {
    for (const text of ["listening on 127.0.0.1:7148", "Bearer token missing", "a=1, b=2", "TypeError: x", "12:30"]) {
      assert.equal(scrubText(text), text);
    }
  });

  it("takes time in proportion to the text, whatever the text is", () => {
    const pieces = [
      "eyJ",
      "a",
      "a=",
      "/",
      '"',
      `"a":"`,
      "bearer ",
      "Cookie:",
      "\\",
      "='",
      "password ",
      "token-",
      " ",
      "%25",
      "//a",
      "//@",
      "a@",
    ];
    for (const piece of pieces) {
      const text = `"=${piece.repeat(100_000 / piece.length)}`;
      const start = performance.now();
      scrubText(text);
      assert.ok(performance.now() - start < 2_000, JSON.stringify(piece));
    }
  });
});
