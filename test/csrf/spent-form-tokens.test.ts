import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { FormTokens, type FormTokensOptions, type ValidFormToken } from "../../src/csrf/form-tokens.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { StoreDouble } from "../auth/store-double.ts";

const HOLDER = "kq3v0Yw7uJ1mXbT5sR9eLdNcGhZaPf2oVi8tQxKy4Ew";
const UNAVAILABLE = { name: "HttpError", status: 503, code: "STORE_UNAVAILABLE" };
const keys = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });

interface Given {
  readonly pause?: () => Promise<unknown>;
  readonly options?: Partial<FormTokensOptions>;
}

function open({ pause, options }: Given = {}) {
  const clock = { now: 1_700_000_000_900 };
  const store = new StoreDouble(() => clock.now, pause);
  const tokens = new FormTokens({ keys, store, now: () => clock.now, ...options });
  const valid = (): ValidFormToken => tokens.verify(tokens.issue(HOLDER), HOLDER) as ValidFormToken;
  return { tokens, store, clock, valid };
}

describe("a form token", () => {
  it("is refused while it is reserved, and for good when nobody gives it back", async () => {
    const { tokens, clock, valid } = open();
    const token = valid();
    assert.equal(await tokens.reserve([token]), true);
    assert.equal(await tokens.reserve([token]), false);
    clock.now = token.expiresAt - 1;
    assert.equal(await tokens.reserve([token]), false);
  });

  it("can be used again once it is given back", async () => {
    const { tokens, valid } = open();
    const token = valid();
    for (const _ of [1, 2, 3]) {
      assert.equal(await tokens.reserve([token]), true);
      await tokens.release([token]);
    }
  });

  it("is spent for every process that shares the store, and after a process has died with it", async () => {
    const { tokens, store, clock, valid } = open();
    const token = valid();
    await tokens.reserve([token]);
    const restarted = new FormTokens({ keys, store, now: () => clock.now });
    assert.equal(await restarted.reserve([token]), false);
  });

  it("leaves an empty record, until two minutes after it has expired and no longer", async () => {
    const { tokens, store, valid } = open();
    const token = valid();
    await tokens.reserve([token]);
    const [record] = store.records.values();
    assert.deepEqual([record?.value, record?.expiresAt], ["{}", token.expiresAt + 120_000]);
  });

  it("is kept under a digest, and neither it nor its holder stands in the store", async () => {
    const { tokens, store } = open();
    const text = tokens.issue(HOLDER);
    const token = tokens.verify(text, HOLDER) as ValidFormToken;
    await tokens.reserve([token]);
    const [key] = store.records.keys();
    assert.match(key ?? "", /^form:[\w-]{43}$/);
    for (const secret of [text, token.id, HOLDER]) assert.ok(!store.dump().includes(secret));
  });

  it("does not touch other tokens of its holder", async () => {
    const { tokens, valid } = open();
    const [first, second] = [valid(), valid()];
    await tokens.reserve([first]);
    assert.equal(await tokens.reserve([second]), true);
  });

  it("is reserved together with all that a request presents, or none of them is", async () => {
    const { tokens, valid } = open();
    const [first, second, third] = [valid(), valid(), valid()];
    await tokens.reserve([second]);
    assert.equal(await tokens.reserve([first, second, third]), false);
    assert.equal(await tokens.reserve([first, third]), true);
  });

  it("can be used any number of times where single use is off, and the store is never asked", async () => {
    const { tokens, store, valid } = open({ options: { singleUse: false } });
    const token = valid();
    store.isDown = true;
    assert.equal(await tokens.reserve([token]), true);
    assert.equal(await tokens.reserve([token]), true);
    await tokens.release([token]);
    assert.deepEqual(store.asked, []);
  });

  it("costs one question to the store for a success, none for being verified", async () => {
    const { tokens, store, valid } = open();
    await tokens.reserve([valid()]);
    assert.deepEqual(store.asked, ["write"]);
  });

  it("is neither accepted nor refused when the store cannot be asked: 503", async () => {
    const { tokens, store, valid } = open();
    const token = valid();
    store.isDown = true;
    await assert.rejects(tokens.reserve([token]), { ...UNAVAILABLE, cause: store.error });
    await assert.rejects(tokens.release([token]), UNAVAILABLE);
    store.isDown = false;
    assert.equal(await tokens.reserve([token]), true);
  });

  it("lets a single one of parallel requests work at any moment, in whatever order the store answers", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { minLength: 2, maxLength: 8 }),
        async (scheduler, fails) => {
          const { tokens, valid } = open({ pause: () => scheduler.schedule(Promise.resolve()) });
          const token = valid();
          let working = 0;
          let most = 0;
          let successes = 0;
          const request = async (isFailing: boolean): Promise<void> => {
            if (!(await tokens.reserve([token]))) return;
            most = Math.max(most, ++working);
            await scheduler.schedule(Promise.resolve());
            working--;
            if (isFailing) await tokens.release([token]);
            else successes++;
          };
          await scheduler.waitFor(Promise.all(fails.map(request)));
          assert.equal(most, 1);
          assert.ok(successes <= 1);
          assert.equal(await scheduler.waitFor(tokens.reserve([token])), successes === 0);
        },
      ),
      { seed: 29, numRuns: 100 },
    );
  });
});
