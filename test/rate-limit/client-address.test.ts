import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { clientAddress } from "../../src/rate-limit/client-address.ts";
import { TrustedProxies } from "../../src/rate-limit/trusted-proxies.ts";

const NOBODY = new TrustedProxies([]);
const PRIVATE = new TrustedProxies(["10.0.0.0/8", "2001:db8:ffff::/48"]);

describe("clientAddress", () => {
  it("is the peer when nobody is trusted, whatever the header says", () => {
    assert.equal(clientAddress("203.0.113.9", "6.6.6.6", NOBODY), "203.0.113.9");
    assert.equal(clientAddress("203.0.113.9", undefined, NOBODY), "203.0.113.9");
  });

  it("is the peer when the peer is not trusted", () => {
    assert.equal(clientAddress("203.0.113.9", "6.6.6.6, 10.0.0.3", PRIVATE), "203.0.113.9");
  });

  it("is the first untrusted address from the right behind a trusted proxy", () => {
    const cases = [
      ["203.0.113.9", "203.0.113.9"],
      ["6.6.6.6, 203.0.113.9", "203.0.113.9"],
      ["6.6.6.6,203.0.113.9 , 10.0.0.3,10.255.255.255", "203.0.113.9"],
      ["10.0.0.9, 203.0.113.9, 10.0.0.3", "203.0.113.9"],
      ["6.6.6.6, 2001:DB8:0:1:0:0:0:1", "2001:db8:0:1::1"],
      ["6.6.6.6, 203.0.113.9, 2001:db8:ffff::1", "203.0.113.9"],
    ];
    for (const [forwardedFor, client] of cases) {
      assert.equal(clientAddress("10.0.0.2", forwardedFor, PRIVATE), client);
    }
  });

  it("takes two header lines for one list", () => {
    const lines = ["6.6.6.6", "203.0.113.9, 10.0.0.3"];
    assert.equal(clientAddress("10.0.0.2", lines.join(", "), PRIVATE), "203.0.113.9");
  });

  it("is the last trusted address when all are trusted", () => {
    assert.equal(clientAddress("10.0.0.2", "10.0.0.5, 10.0.0.4", PRIVATE), "10.0.0.5");
    assert.equal(clientAddress("10.0.0.2", ",10.0.0.5", PRIVATE), "10.0.0.5");
    assert.equal(clientAddress("10.0.0.2", undefined, PRIVATE), "10.0.0.2");
    assert.equal(clientAddress("10.0.0.2", "10.0.0.55", new TrustedProxies(["10.0.0.2", "10.0.0.55"])), "10.0.0.55");
  });

  it("stops at an entry that is no address, and holds on to the proxy that wrote it", () => {
    const garbage = [
      "",
      "fe80::1%eth0,",
      "unknown",
      "_hidden",
      "localhost",
      "1.2.3",
      "1.2.3.4.5",
      "01.2.3.4",
      "1.2.3.4:",
      "0x7f.1",
      "[::1",
    ];
    for (const entry of [
      ...garbage,
      "1.2.3.4%eth0",
      "::1::",
      "[1.2.3.4",
      "1.2.3.4:123456",
      "1.2.3.4 5.6.7.8",
      '"1.2.3.4"',
    ]) {
      assert.equal(clientAddress("10.0.0.2", `6.6.6.6, ${entry}`, PRIVATE), "10.0.0.2", entry);
      assert.equal(clientAddress("10.0.0.2", `6.6.6.6, ${entry}, 10.0.0.3`, PRIVATE), "10.0.0.3", entry);
    }
  });

  it("reads an address with a port, and drops a zone", () => {
    const cases = [
      ["203.0.113.9:5678", "203.0.113.9"],
      ["[2001:db8::1]:80", "2001:db8::1"],
      ["[2001:db8::1]", "2001:db8::1"],
      ["fe80::1%eth0", "fe80::1"],
      ["[fe80::1%eth0]:80", "fe80::1"],
    ];
    for (const [forwardedFor, client] of cases) {
      assert.equal(clientAddress("10.0.0.2", forwardedFor, PRIVATE), client);
    }
  });

  it("counts IPv4-mapped IPv6 as IPv4, for the peer, for proxies and for clients", () => {
    assert.equal(clientAddress("::ffff:203.0.113.9", undefined, NOBODY), "203.0.113.9");
    assert.equal(clientAddress("::ffff:10.0.0.2", "::ffff:cb00:7109", PRIVATE), "203.0.113.9");
    assert.equal(clientAddress("10.0.0.2", "203.0.113.9, ::FFFF:10.0.0.3", PRIVATE), "203.0.113.9");
  });

  it("leaves a peer without an address as it is", () => {
    assert.equal(clientAddress("", "6.6.6.6", PRIVATE), "");
    assert.equal(clientAddress("::ffff:", "6.6.6.6", PRIVATE), "::ffff:");
  });
});
