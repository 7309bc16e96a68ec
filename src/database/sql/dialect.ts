/** How one database writes what the others write differently. */
export interface Dialect {
  readonly name: "sqlite" | "postgres";
  /** The character that opens a string or a quoted name, and the one that closes it. */
  readonly quotes: Readonly<Record<string, string>>;
  readonly hasDollarQuotes: boolean;
  readonly nestsComments: boolean;
  /** Whether `E'…'` is a string in which a backslash takes the meaning from the character behind it. */
  readonly hasEscapeStrings: boolean;
  /** The characters that end a comment of one line. */
  readonly lineEnds: string;
  /** Characters that begin a parameter of another form than `?`: such a one would stay unbound. */
  readonly foreignParameters: string;
  /** The `?` with this number, counted from 1, as the driver wants to see it. */
  readonly placeholder: (number: number) => string;
}

export const SQLITE: Dialect = Object.freeze({
  name: "sqlite",
  quotes: { "'": "'", '"': '"', "`": "`", "[": "]" },
  hasDollarQuotes: false,
  nestsComments: false,
  hasEscapeStrings: false,
  lineEnds: "\n",
  foreignParameters: ":@#$",
  placeholder: () => "?",
});

export const POSTGRES: Dialect = Object.freeze({
  name: "postgres",
  quotes: { "'": "'", '"': '"' },
  hasDollarQuotes: true,
  nestsComments: true,
  hasEscapeStrings: true,
  lineEnds: "\n\r",
  foreignParameters: "$",
  placeholder: (number: number) => `$${number}`,
});
