import type { Expression, UnaryOperator } from "./expression.ts";
import type { Expressions } from "./expressions.ts";
import {
  type InfixOperator,
  isInfixOperator,
  isOperatorWord,
  NOT_PRECEDENCE,
  precedenceOf,
  rightPrecedenceOf,
  SIGN_PRECEDENCE,
} from "./infix-operator.ts";
import { levelsOf } from "./levels-of.ts";
import { parseArguments, parseArrow } from "./parse-arguments.ts";
import { constantOf, parseLiteral } from "./parse-literal.ts";
import { parsePostfix } from "./parse-postfix.ts";
import type { Token } from "./token.ts";
import type { TokenReader } from "./token-reader.ts";

/** `a ~ b ~ c …` needs no brackets to become as deep as it is long; what walks through it shall not run out of stack. */
const MAX_LEVELS = 250;

/** Tests of two words. They alone take their argument without brackets too: `n is divisible by 3`. */
const LONG_TESTS: Readonly<Record<string, string>> = { divisible: "by", same: "as" };

/** Reads expressions by the precedence of their operators. */
export class ExpressionParser implements Expressions {
  readonly tokens: TokenReader;

  constructor(tokens: TokenReader) {
    this.tokens = tokens;
  }

  /** Reads a whole expression, as it stands in a tag or print. */
  readonly whole = (): Expression => {
    const { at } = this.tokens.peek();
    const expression = this.operation();
    if (levelsOf(expression, MAX_LEVELS) > MAX_LEVELS) {
      this.tokens.fail(`This has more than ${MAX_LEVELS} operators in one another. Put a part into a {% set %}.`, at);
    }
    return expression;
  };

  readonly operation = (precedence = 0): Expression =>
    this.tokens.nested(() => this.#continue(this.#operand(), precedence));

  #continue(first: Expression, precedence: number): Expression {
    let left = first;
    for (;;) {
      const ahead = this.#operatorAhead();
      if (ahead === undefined || precedenceOf(ahead.operator) < precedence) return left;
      const { at } = this.tokens.peek();
      this.tokens.skip(ahead.width);
      left = this.#combine(ahead.operator, left, at);
    }
  }

  /** How many tokens the operator takes: `starts with` is two. */
  #operatorAhead(): { operator: InfixOperator; width: number } | undefined {
    const { kind, text } = this.tokens.peek();
    if (kind !== "sign" && kind !== "name") return undefined;
    if (isInfixOperator(text)) return { operator: text, width: 1 };
    const both = `${text} ${this.tokens.peek(1).text}`;
    if (kind === "name" && this.tokens.isNext("name", undefined, 1) && isInfixOperator(both)) {
      return { operator: both, width: 2 };
    }
    return undefined;
  }

  #combine(operator: InfixOperator, left: Expression, at: number): Expression {
    if (operator === "is") return this.#test(left);
    if (operator === "?") return this.#conditional(left, at);
    const right = this.#right(operator);
    if (operator === "?:") return { kind: "conditional", test: left, consequence: undefined, otherwise: right, at };
    return { kind: "binary", operator, left, right, at };
  }

  #right(operator: InfixOperator): Expression {
    const { at } = this.tokens.peek();
    if (operator === "has some" || operator === "has every") {
      const arrow = parseArrow(this);
      if (arrow !== undefined) return arrow;
    }
    const right = this.operation(rightPrecedenceOf(operator));
    if (operator === "matches" && !(right.kind === "literal" && typeof right.value === "string")) {
      this.tokens.fail('A pattern stands behind "matches" as a text, so that no data can become one.', at);
    }
    return right;
  }

  #conditional(test: Expression, at: number): Expression {
    const consequence = this.operation();
    const otherwise: Expression = this.tokens.takeIf("sign", ":")
      ? this.operation()
      : { kind: "literal", value: "", at: this.tokens.peek().at };
    return { kind: "conditional", test, consequence, otherwise, at };
  }

  #test(value: Expression): Expression {
    const { tokens } = this;
    const isNegated = tokens.takeIf("name", "not");
    const { text, at } = tokens.expectName(`a test after "${isNegated ? "is not" : "is"}"`);
    const second = Object.hasOwn(LONG_TESTS, text) ? LONG_TESTS[text] : undefined;
    const isLong = second !== undefined && tokens.takeIf("name", second);
    const name = isLong ? `${text} ${second}` : text;
    const test = { kind: "test", name, value, isNegated, at } as const;
    if (tokens.isNext("sign", "(")) return { ...test, args: parseArguments(this) };
    return { ...test, args: isLong ? [{ name: undefined, value: this.#operand() }] : [] };
  }

  #operand(): Expression {
    const { kind, text, at } = this.tokens.peek();
    if (kind === "name" && text === "not") return this.#prefix("not", NOT_PRECEDENCE, at);
    if (kind === "sign" && (text === "-" || text === "+")) return this.#prefix(text, SIGN_PRECEDENCE, at);
    return parsePostfix(this, this.#primary());
  }

  #prefix(operator: UnaryOperator, precedence: number, at: number): Expression {
    this.tokens.next();
    let operand = this.operation(precedence);
    // As in Twig and in mathematics, -2 ** 2 is -4.
    if (operator !== "not" && this.tokens.isNext("sign", "**")) operand = this.#continue(operand, precedenceOf("**"));
    return { kind: "unary", operator, operand, at };
  }

  #primary(): Expression {
    const literal = parseLiteral(this);
    if (literal !== undefined) return literal;
    if (this.tokens.isNext("name")) return this.#name(this.tokens.next());
    if (!this.tokens.takeIf("sign", "(")) this.tokens.failAtNext("A value is missing");
    const group = this.operation();
    this.tokens.expectSign(")", "what is in brackets");
    return group;
  }

  #name({ text, at }: Token): Expression {
    const value = constantOf(text);
    if (value !== undefined) return { kind: "literal", value, at };
    if (isOperatorWord(text)) this.tokens.fail(`"${text}" is an operator and cannot be a name.`, at);
    if (this.tokens.isNext("sign", "(")) return { kind: "call", name: text, args: parseArguments(this), at };
    return { kind: "name", name: text, at };
  }
}
