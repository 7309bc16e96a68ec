import assert from "node:assert/strict";
import { jsonOf } from "../answers.ts";
import { type AttackRow, inProcess, row } from "../row.ts";
import type { Sent, Target } from "../target.ts";

const NAMES = [
  ...["../../x", "/etc/x", "C:\\x", "..\\x", "CON", "n".repeat(5000), "", ".", "..", "\u202egpj.exe", "x.php;.jpg"],
];

/** One part, with its headers as they stand. */
function part(headers: string, content = "content"): Sent {
  const body = `--b\r\n${headers}\r\n\r\n${content}\r\n--b--\r\n`;
  return { lines: ["Content-Type: multipart/form-data; boundary=b"], body };
}

const file = (name: string): Sent => part(`Content-Disposition: form-data; name="f"; filename="${name}"`);

/** The label that the application keeps of a file. */
async function labelOf(target: Target, sent: Sent): Promise<string | null> {
  const answer = await target.ask("POST", "/upload", sent);
  assert.ok([200, 400].includes(answer.status), `${answer.status} ${answer.body}`);
  if (answer.status === 400) return null;
  return jsonOf(answer).name as string | null;
}

const isHarmless = (label: string | null): void =>
  assert.ok(
    label === null || (!/[/\\\0\u202e]/.test(label) && ![".", ".."].includes(label) && label.length <= 255),
    label ?? "",
  );

async function fileNames(target: Target): Promise<void> {
  assert.equal(await labelOf(target, file("a.txt")), "a.txt");
  for (const name of NAMES) isHarmless(await labelOf(target, file(Buffer.from(name).toString("latin1"))));
}

async function bothNames(target: Target): Promise<void> {
  const encoded = 'Content-Disposition: form-data; name="f"; filename="x"; filename*=';
  for (const value of ["utf-8''%2e%2e%2f", "utf-8''%252e%252e%252f", "utf-8''%ff", "nonsense", "utf-8''%"]) {
    isHarmless(await labelOf(target, part(encoded + value)));
  }
}

async function fieldNames(target: Target): Promise<void> {
  for (const name of ["__proto__[a]", "a[__proto__]", `a${"[b]".repeat(1000)}`]) {
    const sent = part(`Content-Disposition: form-data; name="${name}"`);
    assert.ok([400, 413].includes((await target.ask("POST", "/echo", sent)).status), name.slice(0, 20));
  }
}

async function coding(target: Target): Promise<void> {
  const sent = part('Content-Disposition: form-data; name="f"\r\nContent-Transfer-Encoding: base64', "PGI+");
  const answer = await target.ask("POST", "/echo", sent);
  assert.ok(answer.status === 400 || (jsonOf(answer).body as { f: string }).f === "PGI+", answer.body);
}

export const UPLOAD_ROWS: readonly AttackRow[] = [
  inProcess("U03", "a thousand uploads that break off", "no temporary file, no open handle"),
  row("U04", "file names that lead elsewhere", "a label without any path", fileNames),
  row("U05", "filename* and malformed names", "decoded once, harmless", bothNames),
  row("U07", "field names like those of B01 and B04", "400", fieldNames),
  row("U13", "a file where none is expected", "415", async (target) => {
    await target.deny("BODY_TYPE_UNSUPPORTED", "POST", "/echo", file("a.txt"));
    const plain = await target.ask("POST", "/echo", part('Content-Disposition: form-data; name="a"'));
    assert.deepEqual([plain.status, jsonOf(plain).body], [200, { a: "content" }]);
  }),
  row("U14", "Content-Transfer-Encoding of a part", "not decoded", coding),
];
