import { type Refusal, refuse } from "../errors.ts";
import { decodeUtf8 } from "./decode-utf8.ts";
import { parseFormFields } from "./form-fields.ts";
import { parseJsonBody } from "./json-body.ts";
import { isJsonType, parseMediaType } from "./media-type.ts";
import { MALFORMED, type ParsedBody } from "./parsed-body.ts";

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const MAX_FIELDS = 1000;
const UNSUPPORTED = refuse("BODY_TYPE_UNSUPPORTED");

/** Makes an object or array of a body's bytes. */
export type BodyParser = (bytes: Buffer) => ParsedBody<object>;

/**
 * Chooses the parser for a body by its headers: JSON or a form, in UTF-8, not compressed.
 *
 * What a body is, its sender says: it is never guessed, so a cross-site `text/plain` form cannot pass for JSON.
 *
 * @returns The parser, or `"multipart"` for a body that is parsed while it comes in, or a refusal for any other type, charset or
 *   content coding.
 * @see RFC 9110 §8.3 and §8.4
 */
export function bodyParser(
  contentType: string | undefined,
  contentEncoding: string | undefined,
): BodyParser | "multipart" | Refusal {
  if (contentEncoding !== undefined && contentEncoding.toLowerCase() !== "identity") return UNSUPPORTED;
  // As nearly all clients write them: these need no reading.
  if (contentType === JSON_TYPE) return parseJsonBody;
  if (contentType === FORM_TYPE) return parseForm;
  const type = parseMediaType(contentType);
  if (type === null || type.foreignCharset) return UNSUPPORTED;
  if (isJsonType(type.name)) return parseJsonBody;
  if (type.name === "multipart/form-data") return "multipart";
  return type.name === FORM_TYPE ? parseForm : UNSUPPORTED;
}

function parseForm(bytes: Buffer): ParsedBody<object> {
  const text = decodeUtf8(bytes);
  return text === null ? MALFORMED : parseFormFields(text, MAX_FIELDS);
}
