const MAX_NAME_CHARACTERS = 100;
/** Control characters and halves of surrogate pairs, which no name has and not every database can store. */
const UNPRINTABLE = /\p{Cc}|\p{Cs}/u;

export interface NewKey {
  readonly name: string;
}

type Result = { readonly value: NewKey } | { readonly issues: readonly [{ path: ["name"]; message: string }] };

/** What may be sent for a new key: a Standard Schema, here by hand. One of zod, valibot or arktype does as well. */
export const NewKeySchema = {
  "~standard": {
    version: 1,
    vendor: "api-keys",
    types: undefined as { readonly input: unknown; readonly output: NewKey } | undefined,
    validate(body: unknown): Result {
      const { name = "Unnamed Key" } = body as { name?: unknown };
      const text = typeof name === "string" ? name.trim() : "";
      if (text !== "" && text.length <= MAX_NAME_CHARACTERS && !UNPRINTABLE.test(text))
        return { value: { name: text } };
      const message = `A name is text of at most ${MAX_NAME_CHARACTERS} characters`;
      return { issues: [{ path: ["name"], message }] };
    },
  },
} as const;
