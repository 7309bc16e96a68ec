/** What stands in prints and tags. `at` is the offset in the source where an error about it points. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null; readonly at: number }
  | { readonly kind: "name"; readonly name: string; readonly at: number }
  /** `a.b` and `a[b]`: for the first, the key is a literal. */
  | { readonly kind: "member"; readonly object: Expression; readonly key: Expression; readonly at: number }
  | {
      readonly kind: "slice";
      readonly object: Expression;
      readonly start: Expression | undefined;
      readonly length: Expression | undefined;
      readonly at: number;
    }
  | { readonly kind: "list"; readonly items: readonly Expression[]; readonly at: number }
  | {
      readonly kind: "hash";
      readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
      readonly at: number;
    }
  | {
      readonly kind: "unary";
      readonly operator: UnaryOperator;
      readonly operand: Expression;
      readonly at: number;
    }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  /** `a ? b : c`; for `a ?: c`, `consequence` is undefined. */
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly consequence: Expression | undefined;
      readonly otherwise: Expression;
      readonly at: number;
    }
  /** `value is divisible by(3)`, `value is not defined` */
  | {
      readonly kind: "test";
      readonly name: string;
      readonly value: Expression;
      readonly args: readonly Argument[];
      readonly isNegated: boolean;
      readonly at: number;
    }
  | {
      readonly kind: "filter";
      readonly name: string;
      readonly value: Expression;
      readonly args: readonly Argument[];
      readonly at: number;
    }
  /** `range(1, 5)`, and macros imported by name. */
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Argument[]; readonly at: number }
  /** `forms.input("name")`: a macro of an imported template. */
  | {
      readonly kind: "macroCall";
      readonly alias: string;
      readonly name: string;
      readonly args: readonly Argument[];
      readonly at: number;
    }
  /** `v => v.price > 3`, only as an argument. */
  | { readonly kind: "arrow"; readonly parameters: readonly string[]; readonly body: Expression; readonly at: number };

export interface Argument {
  /** `date(timezone: "UTC")`, `date(timezone = "UTC")` */
  readonly name: string | undefined;
  readonly value: Expression;
}

export type UnaryOperator = "not" | "-" | "+";

export type BinaryOperator =
  | "or"
  | "xor"
  | "and"
  | "b-or"
  | "b-xor"
  | "b-and"
  | "=="
  | "!="
  | "==="
  | "!=="
  | "<=>"
  | "<"
  | ">"
  | "<="
  | ">="
  | "in"
  | "not in"
  | "matches"
  | "starts with"
  | "ends with"
  | "has some"
  | "has every"
  | ".."
  | "+"
  | "-"
  | "~"
  | "*"
  | "/"
  | "//"
  | "%"
  | "**"
  | "??";

/** The name under which the value of an `apply` finds the text of its body. No template can write it. */
export const APPLIED = "(applied)";
