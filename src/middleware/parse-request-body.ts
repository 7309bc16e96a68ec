import { refuse } from "../errors.ts";
import { type BodyParser, bodyParser } from "../http/body-parser.ts";
import { type MultipartFormOptions, readMultipartForm } from "../http/multipart/read-multipart-form.ts";
import { hasBody, readBody } from "../http/read-body.ts";
import type { Request } from "../http/request.ts";
import type { StepOutcome } from "../pipeline/step.ts";
import type { Planner } from "./planner.ts";
import { receiveUpload } from "./receive-upload.ts";

const UNSUPPORTED = refuse("BODY_TYPE_UNSUPPORTED");

/** Reads and parses the body of a request that the gate has let through. Its type is checked before a byte is read. */
export const parseRequestBody: Planner = (services, { access, route }) => {
  if (!access.unsafe) return undefined;
  const { upload } = route.marks;
  const maxBytes = services.settings.TINA4_MAX_BODY_SIZE;
  const noFiles = { ...UNSUPPORTED, reason: `${route.label} takes no files: add .upload()` };
  const limits = { maxBytes, maxFieldBytes: maxBytes, noFiles };
  const receiveForm = upload ? receiveUpload(services, upload) : (request: Request) => readForm(request, limits);
  return (request, response) => {
    const { raw } = request;
    if (!hasBody(raw)) return undefined;
    const parse = bodyParser(raw.headers["content-type"], raw.headers["content-encoding"]);
    if (parse === "multipart") return receiveForm(request, response);
    return typeof parse === "function" ? readAndParse(request, maxBytes, parse) : parse;
  };
};

async function readAndParse(request: Request, maxBytes: number, parse: BodyParser): Promise<StepOutcome> {
  const { value: bytes, refusal: unread } = await readBody(request.raw, maxBytes);
  if (bytes === undefined) return unread;
  if (bytes.length === 0) return undefined;
  request.rawBody = bytes;
  const { value, refusal } = parse(bytes);
  if (value !== undefined) request.body = value as Request["body"];
  return refusal;
}

async function readForm(request: Request, limits: MultipartFormOptions<never>): Promise<StepOutcome> {
  const { value, refusal } = await readMultipartForm(request.raw, limits);
  if (value !== undefined) request.body = value.fields;
  return refusal;
}
