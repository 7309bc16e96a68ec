import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listingRemedy } from "../../src/pipeline/listing-remedy.ts";
import { toLayer } from "../../src/pipeline/to-layer.ts";

const WHERE = "GET /users (routes/users.ts:3)";
const REMEDY = 'Write "Limit:30".';

class Limit {
  readonly listingRemedy: string = REMEDY;
}

class StaticLimit {
  static readonly listingRemedy: string = REMEDY;
}

describe("listingRemedy", () => {
  it("is what an object or a class says of itself, as text", () => {
    assert.deepEqual([listingRemedy(new Limit()), listingRemedy(StaticLimit)], [REMEDY, REMEDY]);
  });

  it("is nothing where none is said, or in another way than as text", () => {
    for (const value of [
      {},
      Limit,
      { listingRemedy: 7 },
      { listingRemedy: () => REMEDY },
      REMEDY,
      null,
      undefined,
      7,
    ]) {
      assert.equal(listingRemedy(value), undefined);
    }
  });

  it("stands in the refusal of an object, in place of the usual advice", () => {
    const message = `${WHERE}: an instance of Limit cannot act as middleware. ${REMEDY}`;
    assert.throws(() => toLayer(new Limit(), "entry", WHERE), { code: "MIDDLEWARE_INVALID", message });
  });
});
