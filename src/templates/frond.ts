import { isAbsolute } from "node:path";
import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { Callables, type OutsideFunction } from "./compiler/callables.ts";
import { findingsIn } from "./compiler/findings-in.ts";
import { Answers } from "./compiler/rendering/answers.ts";
import { Frame } from "./compiler/rendering/frame.ts";
import { replay } from "./compiler/rendering/replay.ts";
import { Variables } from "./compiler/rendering/variables.ts";
import { TemplateCompiler } from "./compiler/template-compiler.ts";
import type { TemplateFinding } from "./template-finding.ts";
import { TemplateFolder } from "./template-folder.ts";
import { templateNameHint } from "./template-name-hint.ts";

const OPTIONS: readonly (keyof FrondOptions<unknown>)[] = ["folder", "checksForChanges", "now", "functions"];

export interface FrondOptions<Page> {
  /** Where the templates are, absolute. It need not exist. */
  readonly folder: string;
  /** Whether all files are looked at again before each page, as one wants it while one writes them. */
  readonly checksForChanges: boolean;
  /** Milliseconds since 1970. Default: the clock of the machine. */
  readonly now?: (() => number) | undefined;
  /** Functions for templates that are told which page asks. */
  readonly functions?: Readonly<Record<string, (page: Page, ...args: unknown[]) => unknown>> | undefined;
}

/**
 * The template engine: pages in the language of Twig, in which every value is escaped for the place where it stands.
 *
 * No data can become markup, script or an address that runs one; where nothing could make it safe, the template is refused. Nothing
 * but what data itself owns can be read, nothing in it can be called, and no file outside of the folder is ever shown.
 *
 * @example
 * ```ts
 * writeFileSync("hello.twig", '<a href="{{ link }}">{{ name|shout }}</a>');
 * const frond = new Frond({ folder: process.cwd(), checksForChanges: false });
 * frond.addFilter("shout", (text) => `${text}!`);
 * const data = { name: "<Ada>", link: "javascript:steal()" };
 * frond.render("hello.twig", data, undefined); // "<a href=\"about:invalid#blocked\">&lt;Ada&gt;!</a>"
 * ```
 * @see CWE-79, CWE-1336
 */
export class Frond<Page> {
  readonly #folder: TemplateFolder;
  readonly #checksForChanges: boolean;
  readonly #now: () => number;
  readonly #variables = new Variables();
  readonly #callables = new Callables();
  #compiler: TemplateCompiler;

  /** @throws {Tina4Error} `OPTION_INVALID`, `OPTION_UNKNOWN`. */
  constructor(options: FrondOptions<Page>) {
    refuseUnknownKeys("Frond", options, OPTIONS);
    const { folder, checksForChanges, now = Date.now, functions = {} } = options;
    if (typeof folder !== "string" || !isAbsolute(folder)) {
      throw new Tina4Error("OPTION_INVALID", "Frond needs the absolute path of its folder.");
    }
    this.#folder = new TemplateFolder(folder);
    this.#checksForChanges = checksForChanges;
    this.#now = now;
    for (const [name, fn] of Object.entries(functions)) this.#callables.add("function", name, fn, true);
    this.#compiler = this.#newCompiler();
  }

  /**
   * Registers a function for templates: `{{ price(item) }}`. It may give a promise.
   *
   * @throws {Tina4Error} `OPTION_INVALID` when no template could write the name.
   */
  addFunction(name: string, fn: OutsideFunction): this {
    return this.#add("function", name, fn);
  }

  /** Registers a filter: `{{ amount|money("EUR") }}` calls it with the amount and `"EUR"`. It may give a promise. */
  addFilter(name: string, fn: OutsideFunction): this {
    return this.#add("filter", name, fn);
  }

  /** Registers a test: `{% if user is allowed("edit") %}` calls it with the user and `"edit"`. It may give a promise. */
  addTest(name: string, fn: OutsideFunction): this {
    return this.#add("test", name, fn);
  }

  /** Registers a variable that all templates know, macros too. A page's own data covers it. */
  addGlobal(name: string, value: unknown): this {
    this.#variables.addGlobal(name, value);
    return this;
  }

  /** Tells whether there is a template of this name. */
  has(name: string): boolean {
    return this.#folder.has(name);
  }

  /** The names of all templates, in order. */
  names(): readonly string[] {
    return this.#folder.names();
  }

  /**
   * Renders a page. Its template is compiled when it is first asked for.
   *
   * @param name Relative to the folder, with `/` between its parts.
   * @param data The variables of the page.
   * @param page What the functions of the options are given.
   * @returns A promise only where a registered function gave one.
   * @throws {TemplateError} `TEMPLATE_INVALID` or `TEMPLATE_FAILED`, with file, line and column.
   * @throws {Tina4Error} `TEMPLATE_MISSING` when there is no such template.
   */
  render(name: string, data: Readonly<Record<string, unknown>>, page: Page): string | Promise<string> {
    if (this.#checksForChanges && this.#compiler.isOutdated()) this.#compiler = this.#newCompiler();
    const compiled = this.#compiler.whole(name) ?? this.#failMissing(name);
    const answers = new Answers(this.#now, Math.random);
    return replay(answers, () => {
      const frame = new Frame(this.#variables.begin(data), answers, page);
      return compiled.render(frame, 0);
    });
  }

  /** Compiles every template, and lists what is wrong with them and where they print without escaping. */
  check(): readonly TemplateFinding[] {
    return findingsIn(this.#newCompiler());
  }

  #add(kind: "filter" | "function" | "test", name: string, fn: OutsideFunction): this {
    this.#callables.add(kind, name, fn);
    this.#compiler = this.#newCompiler();
    return this;
  }

  #newCompiler(): TemplateCompiler {
    return new TemplateCompiler(this.#folder, this.#variables, this.#callables);
  }

  #failMissing(name: string): never {
    const hint = templateNameHint(name, this.#folder.names());
    throw new Tina4Error("TEMPLATE_MISSING", `There is no template ${JSON.stringify(name)}.${hint}`);
  }
}
