import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tokenize } from "../../src/check/source/tokenize.ts";
import { exportsOf } from "./exports-of.ts";

const read = (source: string) => exportsOf(tokenize(source));
const own = (name: string, isType = false) => ({ name, isType, passedOn: false });
const passed = (name: string, isType = false) => ({ name, isType, passedOn: true });

describe("exportsOf", () => {
  it("finds every kind of declaration", () => {
    const source = [
      "export const a = 1;",
      "export let b = 2;",
      "export function c() {}",
      "export async function d() {}",
      "export function* e() {}",
      "export class F {}",
      "export abstract class G {}",
      "export interface H {}",
      "export type I = string;",
    ];
    const expected = [
      own("a"),
      own("b"),
      own("c"),
      own("d"),
      own("e"),
      own("F"),
      own("G"),
      own("H", true),
      own("I", true),
    ];
    assert.deepEqual(read(source.join("\n")), expected);
  });

  it("reads a list by the names it gives, own or passed on", () => {
    assert.deepEqual(read("export { a, b as c, type D };"), [own("a"), own("c"), own("D", true)]);
    assert.deepEqual(read('export type { A, B as C } from "./a.ts";'), [passed("A", true), passed("C", true)]);
    assert.deepEqual(read('export {\n  a,\n  type B,\n} from "./a.ts";'), [passed("a"), passed("B", true)]);
    assert.deepEqual(read('export { type } from "./a.ts";'), [passed("type")]);
    assert.deepEqual(read('export * from "./a.ts";'), [passed("*")]);
  });

  it("leaves out what is not exported by this file", () => {
    assert.deepEqual(read("const a = 1; namespace.export(b); type C = { export: string };"), []);
  });
});
