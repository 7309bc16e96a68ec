/** A flag of a command: without a `value` it is a switch. */
export interface Flag {
  readonly value?: { readonly type: "text" | "number"; readonly name: string };
  readonly meaning: string;
}

export type Value = string | number | boolean | undefined;

/** One command, as the table in `commands.ts` describes it. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly meaning: string;
  /** What stands after the name, in order; a question mark behind one says that it can be left out. */
  readonly operands: readonly string[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** What else there is to know, in sentences. */
  readonly details?: string;
  /** Whether its folder is one that it makes. Any other command that takes a folder works on the project in it. */
  readonly makesFolder?: true;
  /** @returns The exit code; nothing when it goes on running. */
  run(values: Readonly<Record<string, Value>>): Promise<number | undefined> | number;
}

type OperandValues<Operands extends readonly string[]> = {
  readonly [Name in Operands[number] as Name extends `${infer Bare}?` ? Bare : Name]: Name extends `${string}?`
    ? string | undefined
    : string;
};

type FlagValues<Flags extends Readonly<Record<string, Flag>>> = {
  readonly [Name in keyof Flags]:
    | undefined
    | (Flags[Name] extends { value: { type: "number" } }
        ? number
        : Flags[Name] extends { value: object }
          ? string
          : boolean);
};

/** Describes a command; what `run` gets follows from its operands and flags. */
export function command<
  const Operands extends readonly string[],
  const Flags extends Readonly<Record<string, Flag>>,
>(description: {
  readonly name: string;
  readonly meaning: string;
  readonly operands: Operands;
  readonly flags: Flags;
  readonly details?: string;
  readonly makesFolder?: true;
  run(values: OperandValues<Operands> & FlagValues<Flags>): Promise<number | undefined> | number;
}): Command {
  return description;
}
