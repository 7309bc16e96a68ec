import type { TemplateSource } from "../template-source.ts";
import type { Expression } from "./expression.ts";

export { APPLIED, type Argument, type BinaryOperator, type Expression, type UnaryOperator } from "./expression.ts";

/** A part of a template. `at` is the offset in the source where an error about it points. */
export type Node = Statement | Expression;

/** What a template is read into. */
export interface Template {
  readonly source: TemplateSource;
  readonly parent: Expression | undefined;
  readonly body: readonly Statement[];
  /** Every block of this file, also those inside of others. */
  readonly blocks: ReadonlyMap<string, BlockStatement>;
  readonly macros: ReadonlyMap<string, MacroStatement>;
}

export type Statement =
  | TextStatement
  | PrintStatement
  | IfStatement
  | ForStatement
  | SetStatement
  | CaptureStatement
  | BlockStatement
  | IncludeStatement
  | ImportStatement
  | WithStatement
  | ApplyStatement
  | DoStatement
  | MacroStatement;

/** What stands between the tags, as it stands. */
export interface TextStatement {
  readonly kind: "text";
  readonly text: string;
  readonly at: number;
}

export interface PrintStatement {
  readonly kind: "print";
  readonly value: Expression;
  readonly at: number;
}

export interface IfStatement {
  readonly kind: "if";
  readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
  readonly at: number;
}

export interface ForStatement {
  readonly kind: "for";
  readonly key: string | undefined;
  readonly value: string;
  readonly sequence: Expression;
  readonly body: readonly Statement[];
  /** What is shown when there was nothing to go through. */
  readonly otherwise: readonly Statement[];
  readonly at: number;
}

/** `{% set a, b = 1, 2 %}` */
export interface SetStatement {
  readonly kind: "set";
  readonly names: readonly string[];
  readonly values: readonly Expression[];
  readonly at: number;
}

/** `{% set a %}…{% endset %}` */
export interface CaptureStatement {
  readonly kind: "capture";
  readonly name: string;
  readonly body: readonly Statement[];
  readonly at: number;
}

/** The short form `{% block title page.title %}` has a print in its body. */
export interface BlockStatement {
  readonly kind: "block";
  readonly name: string;
  readonly body: readonly Statement[];
  readonly at: number;
}

/** Also `{{ include(…) }}` where it stands alone in its print. */
export interface IncludeStatement {
  readonly kind: "include";
  readonly template: Expression;
  readonly data: Expression | undefined;
  /** Whether it sees nothing but `data`. */
  readonly isAlone: boolean;
  readonly ignoresMissing: boolean;
  readonly at: number;
}

/** `{% import "forms.twig" as forms %}`, `{% from "forms.twig" import input as field %}`. `_self` is an undefined template. */
export interface ImportStatement {
  readonly kind: "import";
  readonly template: Expression | undefined;
  readonly alias: string | undefined;
  readonly names: readonly { readonly macro: string; readonly alias: string }[];
  readonly at: number;
}

export interface WithStatement {
  readonly kind: "with";
  readonly data: Expression | undefined;
  readonly isAlone: boolean;
  readonly body: readonly Statement[];
  readonly at: number;
}

/** `{% apply upper|trim %}…{% endapply %}`: `value` has the body's text where the name `APPLIED` stands. */
export interface ApplyStatement {
  readonly kind: "apply";
  readonly value: Expression;
  readonly body: readonly Statement[];
  readonly at: number;
}

export interface DoStatement {
  readonly kind: "do";
  readonly value: Expression;
  readonly at: number;
}

export interface MacroStatement {
  readonly kind: "macro";
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly fallback: Expression | undefined }[];
  readonly body: readonly Statement[];
  readonly at: number;
}
