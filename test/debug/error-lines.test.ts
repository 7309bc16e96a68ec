import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { errorLines } from "../../src/debug/error-lines.ts";

describe("errorLines", () => {
  it("says what caused an error, and what caused that", () => {
    const root = new RangeError('relation "entries" does not exist');
    const error = new Error("The statement failed", { cause: new Error("The server refused", { cause: root }) });
    const said = errorLines(error).filter((line) => /^(?:caused by )?\w*Error: /.test(line));
    assert.deepEqual(said, [
      "Error: The statement failed",
      "caused by Error: The server refused",
      'caused by RangeError: relation "entries" does not exist',
    ]);
  });

  it("ends where an error caused itself", () => {
    const error = new Error("A circle");
    error.cause = error;
    assert.equal(errorLines(error).filter((line) => line.includes("A circle")).length, 1);
  });
});
