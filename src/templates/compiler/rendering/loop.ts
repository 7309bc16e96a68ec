/** The variable `loop`: where a loop stands. One for all rounds of a loop. */
export class Loop {
  index = 1;
  index0 = 0;
  revindex: number;
  revindex0: number;
  first = true;
  last: boolean;
  readonly length: number;
  /** What stood around the loop, as far as templates ask for it: `loop.parent.loop`. */
  readonly parent: { readonly loop: unknown };

  constructor(length: number, outer: unknown) {
    this.length = length;
    this.revindex = length;
    this.revindex0 = length - 1;
    this.last = length === 1;
    this.parent = { loop: outer };
  }

  /** @param index From 0. */
  turnTo(index: number): void {
    this.index0 = index;
    this.index = index + 1;
    this.revindex = this.length - index;
    this.revindex0 = this.length - index - 1;
    this.first = index === 0;
    this.last = index === this.length - 1;
  }
}
