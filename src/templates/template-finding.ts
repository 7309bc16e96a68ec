/** What `check` has found in a template: that it cannot be compiled, or that it prints something without escaping. */
export interface TemplateFinding {
  readonly kind: "error" | "raw";
  /** Relative to the folder of templates. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong and what to write instead; for `raw`, what is printed as it stands. */
  readonly problem: string;
}
