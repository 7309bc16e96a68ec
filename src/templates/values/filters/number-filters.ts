import type { Callable } from "../callable.ts";
import { numberOf, wholeNumberOf } from "../number-of.ts";
import { numberText } from "../numbers/number-text.ts";
import { rounded } from "../numbers/rounded.ts";
import { toText } from "../to-text.ts";

export const NUMBER_FILTERS: Readonly<Record<string, Callable>> = {
  abs: {
    parameters: [],
    call: ([value]) => {
      const number = numberOf(value, "abs");
      return number < 0 ? -number : number;
    },
  },
  round: {
    parameters: ["precision", "method"],
    call: ([value, precision, method]) =>
      rounded(numberOf(value, "round"), wholeNumberOf(precision ?? 0, "round"), toText(method ?? "common")),
  },
  number_format: {
    parameters: ["decimal", "decimal_point", "thousand_sep"],
    call: ([value, decimal, point, separator]) =>
      numberText(
        numberOf(value, "number_format"),
        wholeNumberOf(decimal ?? 0, "number_format"),
        toText(point ?? "."),
        toText(separator ?? ","),
      ),
  },
};
