import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type FilePart, readMultipartForm } from "../../../src/http/multipart/read-multipart-form.ts";
import { BOUNDARY, field, file, form, incoming } from "./form-bytes.ts";

const LIMITS = { maxBytes: 1_000_000, maxFieldBytes: 100_000 };
/** What stands between parts, and its beginnings: content may have all of them but the whole. */
const NEARLY = [
  "\r\n",
  "\r",
  "\n",
  "-",
  "--",
  `--${BOUNDARY.slice(0, -1)}`,
  `\r\n--${BOUNDARY.slice(0, 8)}`,
  "Content-Disposition: form-data",
];
const content = fc
  .array(fc.oneof(fc.constantFrom(...NEARLY), fc.string({ unit: "grapheme", maxLength: 5 })), { maxLength: 6 })
  .map((pieces) => pieces.join(""))
  .filter((text) => !text.includes(`--${BOUNDARY}`));
const bytes = fc.oneof(
  content.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 60 }).map((all) => Buffer.from(all)),
);
const fields = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z\u00e4 .]{1,5}$/), content }), {
  selector: ({ name }) => name,
  maxLength: 4,
});
const files = fc.array(bytes, { maxLength: 3 });

describe("a multipart form", () => {
  it("comes back as it was sent, whatever its fields and files hold", async () => {
    const property = fc.asyncProperty(fields, files, async (fields, files) => {
      await comesBack([bodyOf(fields, files)], fields, files);
    });
    await fc.assert(property, { seed: 7148, numRuns: 200 });
  });

  it("comes back the same when it is cut in two at any of its bytes, and when each byte comes alone", async () => {
    const filled = fc.tuple(fields, files).filter(([fields]) => fields.some(({ content }) => content.length > 10));
    for (const [sentFields, sentFiles] of fc.sample(filled, { seed: 7148, numRuns: 4 })) {
      const body = bodyOf(sentFields, sentFiles);
      for (let at = 1; at < body.length; at += 1) {
        await comesBack([body.subarray(0, at), body.subarray(at)], sentFields, sentFiles);
      }
      await comesBack(
        Array.from(body, (byte) => Buffer.from([byte])),
        sentFields,
        sentFiles,
      );
    }
  });
});

interface SentField {
  readonly name: string;
  readonly content: string;
}

function bodyOf(fields: readonly SentField[], files: readonly Buffer[]): Buffer {
  const parts = fields.map(({ name, content }) => field(name, content));
  return form(...parts, ...files.map((content, number) => file(`file${number}`, "a.bin", content)));
}

async function comesBack(
  pieces: readonly Buffer[],
  fields: readonly SentField[],
  files: readonly Buffer[],
): Promise<void> {
  const { value } = await readMultipartForm<object>(incoming(pieces), { ...LIMITS, takeFile: contentOf });
  assert.deepEqual({ ...value?.fields }, Object.fromEntries(fields.map(({ name, content }) => [name, content])));
  assert.deepEqual({ ...value?.files }, Object.fromEntries(files.map((content, number) => [`file${number}`, content])));
}

async function contentOf({ content }: FilePart): Promise<{ value: object }> {
  const chunks: Buffer[] = [];
  for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(chunk);
  return { value: Buffer.concat(chunks) };
}
