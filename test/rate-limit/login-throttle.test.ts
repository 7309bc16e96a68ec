import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type LoginAttempt, LoginThrottle } from "../../src/rate-limit/login-throttle.ts";
import type { RateDecision } from "../../src/rate-limit/rate-store.ts";
import { SlidingWindow } from "../../src/rate-limit/sliding-window.ts";

const HERE = "203.0.113.9";

describe("LoginThrottle", () => {
  it("refuses the sixth attempt within a minute after five failed ones, be it right or wrong", () => {
    const { fail, attempt, clock } = openThrottle(5);
    assert.deepEqual(
      times(5, () => fail("zoe@example.com")),
      [true, true, true, true, true],
    );
    clock.time = 18_000;
    const { decision } = attempt("zoe@example.com");
    assert.deepEqual([decision.allowed, decision.limit, decision.remaining, decision.reset], [false, 5, 0, 42]);
    clock.time = 60_000;
    assert.equal(fail("zoe@example.com"), true);
  });

  it("lets another account pass from there, and the same account from elsewhere", () => {
    const { fail } = openThrottle(5);
    times(6, () => fail("zoe@example.com"));
    assert.equal(fail("ada@example.com"), true);
    assert.equal(fail("zoe@example.com", "203.0.113.10"), true);
  });

  it("counts no attempt that is given back", () => {
    const { attempt, fail } = openThrottle(5);
    for (let login = 0; login < 100; login++) {
      const { decision, giveBack } = attempt("zoe");
      assert.equal(decision.allowed, true);
      giveBack();
    }
    assert.deepEqual(
      times(6, () => fail("zoe")),
      [true, true, true, true, true, false],
    );
  });

  it("counts parallel guesses before any of them has failed", () => {
    const { attempt } = openThrottle(5);
    const attempts = Array.from({ length: 100 }, () => attempt("zoe"));
    assert.equal(attempts.filter(({ decision }) => decision.allowed).length, 5);
  });

  it("allows ten times as many failed attempts from one address, on all accounts together", () => {
    const { fail } = openThrottle(5);
    const accounts = Array.from({ length: 60 }, (_, index) => `user${index}`);
    assert.equal(accounts.filter((account) => fail(account)).length, 50);
    assert.equal(fail("zoe"), false);
    assert.equal(fail("zoe", "203.0.113.10"), true);
  });

  it("takes no place of the address for an attempt that the account refuses", () => {
    const { fail } = openThrottle(5);
    times(100, () => fail("zoe"));
    const others = Array.from({ length: 60 }, (_, index) => `user${index}`);
    assert.equal(others.filter((account) => fail(account)).length, 45);
  });

  it("gives an attempt back once, however often it is asked to", () => {
    const { attempt, fail } = openThrottle(5);
    const succeeded = attempt("zoe");
    times(3, () => fail("zoe"));
    times(5, () => succeeded.giveBack());
    assert.deepEqual(
      times(3, () => fail("zoe")),
      [true, true, false],
    );
  });

  it("gives nothing back for an attempt that was refused", () => {
    const { attempt, fail } = openThrottle(1);
    fail("zoe");
    attempt("zoe").giveBack();
    assert.equal(fail("zoe"), false);
  });

  it("frees the place of the attempt that succeeded and not of one that failed meanwhile", () => {
    const { attempt, fail, clock } = openThrottle(2);
    const slow = attempt("zoe");
    clock.time = 50_000;
    fail("zoe");
    slow.giveBack();
    clock.time = 60_000;
    assert.deepEqual([fail("zoe"), fail("zoe")], [true, false]);
  });

  it("knows an account in whatever spelling", () => {
    const { fail } = openThrottle(5);
    const spellings = ["k@x", "K@X", " k@x\t", "k@x\0", "\u212a@x", "k@x\u200b"];
    assert.deepEqual(
      spellings.map((account) => fail(account)),
      [true, true, true, true, true, false],
    );
    assert.deepEqual(
      ["i@x", "I@x", "\u0130@x", "\u0131@x", "i\u0307@x", "i@x"].map((account) => fail(account, "203.0.113.10")),
      [true, true, true, true, true, false],
    );
  });

  it("knows an address in whatever form, and an IPv6 client by its network", () => {
    const { fail } = openThrottle(2);
    assert.deepEqual(
      ["192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1"].map((from) => fail("zoe", from)),
      [true, true, false],
    );
    assert.deepEqual(
      ["2001:db8::1", "2001:DB8::2:0", "2001:db8::3"].map((from) => fail("zoe", from)),
      [true, true, false],
    );
  });

  it("throttles an attempt without an account, and over-long names together, without reading them", () => {
    const { fail } = openThrottle(2);
    assert.deepEqual(
      times(3, () => fail("")),
      [true, true, false],
    );
    const names = ["a", "b", "c"].map((letter) => letter.repeat(1_000_000));
    assert.deepEqual(
      names.map((account) => fail(account)),
      [true, true, false],
    );
    const longest = ["d", "e"].map((letter) => letter.repeat(1024));
    assert.deepEqual(
      [...longest, ...longest].map((account) => fail(account)),
      [true, true, true, true],
    );
    assert.equal(fail(`f${longest[0]}`), false);
    assert.equal(fail(`${" ".repeat(2000)}zoe`), true);
    assert.deepEqual([fail("zoe"), fail("zoe")], [true, false]);
  });

  it("shows the decision with the fewest places left", () => {
    const { fail, attempt } = openThrottle(5);
    assert.equal(attempt("zoe").decision.remaining, 4);
    for (let account = 0; account < 48; account++) {
      fail(`user${account}`);
    }
    assert.deepEqual([attempt("zoe").decision.remaining, attempt("ada").decision.limit], [0, 50]);
  });

  it("counts an attempt for every account that it names, and once where two names are one", () => {
    const { throttle, fail } = openThrottle(2);
    const failBoth = (names: string[]) => {
      const attempt = throttle.take({ names }, HERE);
      assert.ok(!(attempt instanceof Promise));
      return attempt.decision.allowed;
    };
    assert.deepEqual(
      ["junk1", "junk2", "junk3"].map((name) => failBoth([name, "zoe"])),
      [true, true, false],
    );
    assert.deepEqual([fail("junk3"), fail("junk3"), fail("junk3")], [true, true, false]);
    assert.deepEqual([failBoth(["ada", "ADA"]), fail("ada"), fail("ada")], [true, true, false]);
  });

  it("knows a subject from every name, whatever that says", () => {
    const { throttle, fail } = openThrottle(1);
    const failAs = (subject: string) => {
      const attempt = throttle.take({ names: [], subject }, HERE);
      assert.ok(!(attempt instanceof Promise));
      return attempt.decision.allowed;
    };
    assert.deepEqual([failAs("42"), failAs("42"), failAs("ab"), failAs("aB")], [true, false, true, true]);
    assert.deepEqual(
      ["42", "subject 42", "subject\u00a042", ""].map((name) => fail(name)),
      [true, true, false, true],
    );
  });

  it("keeps its limits through a shared store, and refuses with 503 while that is down", async () => {
    let isDown = false;
    const now = () => 0;
    const scopes: string[] = [];
    const throttle = new LoginThrottle({
      limit: 2,
      now,
      sharedStore: (rule) => {
        scopes.push(rule.scope);
        const window = new SlidingWindow(rule, { now, maxClients: 100 });
        return {
          async take(key) {
            if (isDown) {
              throw new Error("down");
            }
            return window.take(key);
          },
          async giveBack(key, taken) {
            window.giveBack(key, taken);
          },
        };
      },
    });
    const attempts = await Promise.all(Array.from({ length: 5 }, () => throttle.take({ names: ["zoe"] }, HERE)));
    assert.equal(attempts.filter(({ decision }) => decision.allowed).length, 2);
    await attempts.find(({ decision }) => decision.allowed)?.giveBack();
    assert.equal((await throttle.take({ names: ["zoe"] }, HERE)).decision.allowed, true);
    assert.deepEqual(scopes.sort(), ["login:account", "login:address"]);
    isDown = true;
    await assert.rejects(async () => throttle.take({ names: ["zoe"] }, HERE), {
      status: 503,
      code: "STORE_UNAVAILABLE",
    });
  });

  it("counts in the window and under the scope that it is told, and tells how its shared store does", async () => {
    const clock = { time: 0 };
    const rules: unknown[] = [];
    const keys: string[] = [];
    const told: unknown[] = [];
    const error = new Error("down");
    const throttle = new LoginThrottle({
      limit: 1,
      windowSeconds: 10,
      scope: "admin",
      maxClients: 5,
      sharedStore: (rule) => {
        rules.push(rule);
        const window = new SlidingWindow(rule, { now: () => clock.time, maxClients: 5 });
        return {
          async take(key) {
            keys.push(key);
            return clock.time === 0 ? Promise.reject(error) : window.take(key);
          },
          giveBack: (key, taken) => window.giveBack(key, taken),
        };
      },
      onStoreError: (fault) => told.push(fault),
      onStoreBack: () => told.push("back"),
      now: () => clock.time,
    });
    await assert.rejects(async () => throttle.take({ names: ["zoe"] }, HERE), { status: 503 });
    clock.time = 1000;
    assert.equal((await throttle.take({ names: ["zoe"] }, HERE)).decision.allowed, true);
    assert.deepEqual(told, [error, "back"]);
    assert.match(keys.at(-1) ?? "", /^[\w-]{43}$/, "a hash stands for the account");
    assert.deepEqual(rules, [
      { limit: 1, windowSeconds: 10, scope: "admin:account" },
      { limit: 10, windowSeconds: 10, scope: "admin:address" },
    ]);
  });

  it("counts attempts that name nobody together, with those of an empty name", () => {
    const { throttle } = openThrottle(2);
    const allowed = [[], [""], []].map((names) => {
      const attempt = throttle.take({ names }, HERE);
      assert.ok(!(attempt instanceof Promise));
      return attempt.decision.allowed;
    });
    assert.deepEqual(allowed, [true, true, false]);
  });

  it("refuses options that it does not know or cannot keep", () => {
    assert.throws(() => new LoginThrottle({ limit: 5, onStoreDown: "local" } as never), {
      code: "OPTION_UNKNOWN",
      message: /^LoginThrottle has no option "onStoreDown"/,
    });
    for (const limit of [0, 0.5, -5, undefined, 200_000_000]) {
      assert.throws(() => new LoginThrottle({ limit } as never), { code: "OPTION_INVALID" });
    }
  });
});

function openThrottle(limit: number) {
  const clock = { time: 0 };
  const throttle = new LoginThrottle({ limit, now: () => clock.time });
  const attempt = (account: string, address = HERE): LoginAttempt => {
    const taken = throttle.take({ names: [account] }, address);
    assert.ok(!(taken instanceof Promise));
    return taken;
  };
  /** An attempt that answers 401: nothing is given back. */
  const fail = (account: string, address = HERE): RateDecision["allowed"] => attempt(account, address).decision.allowed;
  return { clock, throttle, attempt, fail };
}

function times<T>(count: number, action: () => T): T[] {
  return Array.from({ length: count }, action);
}
