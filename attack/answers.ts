/** One response as it stood on the wire. */
export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** The value of a header, or `null`. Of a header that stands there twice, the first. */
export function headerOf({ head }: Answer, name: string): string | null {
  const line = head.split("\r\n").find((text) => text.toLowerCase().startsWith(`${name.toLowerCase()}: `));
  return line === undefined ? null : line.slice(name.length + 2);
}

/** Everything that the server sets as cookies. */
export function cookiesOf({ head }: Answer): string[] {
  return head.split("\r\n").flatMap((line) => (/^set-cookie: /i.test(line) ? [line.slice(12)] : []));
}

/** The members of a JSON answer. */
export function jsonOf({ body }: Answer): Record<string, unknown> {
  return JSON.parse(body) as Record<string, unknown>;
}

/** Cuts what came over the wire into responses, by the length that each one says. */
export function readAnswers(text: string): Answer[] {
  const answers: Answer[] = [];
  for (let rest = text; rest !== ""; ) {
    const end = rest.indexOf("\r\n\r\n");
    const head = rest.slice(0, end);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    if (end < 0 || Number.isNaN(status)) throw new Error(`This is no response: ${JSON.stringify(rest.slice(0, 200))}`);
    const told = /^content-length: (\d+)$/im.exec(head)?.[1];
    const length = told === undefined ? lengthUntold(status) : Number(told);
    answers.push({ status, head, body: rest.slice(end + 4, end + 4 + length) });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}

/** Some have no body; what else says no length goes on until the connection ends. */
function lengthUntold(status: number): number {
  return status < 200 || status === 204 || status === 304 ? 0 : Number.POSITIVE_INFINITY;
}
