import { type Refusal, refuse } from "../errors.ts";

/** How deeply a JSON body or the brackets of field names may nest, the outermost level counted. */
export const MAX_BODY_DEPTH = 32;

/** What comes of a body: a value, or the refusal that ends the request. */
export type ParsedBody<Value> =
  | { readonly value: Value; readonly refusal?: undefined }
  | { readonly refusal: Refusal; readonly value?: undefined };

export const MALFORMED: ParsedBody<never> = { refusal: refuse("BODY_MALFORMED") };
export const TOO_LARGE: ParsedBody<never> = { refusal: refuse("BODY_TOO_LARGE") };
