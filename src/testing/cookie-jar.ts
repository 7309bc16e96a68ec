/** The cookies a test client keeps between requests, by name: it asks one host, and minds neither paths nor `Secure`. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** Takes over what a response sets or deletes. */
  store(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";");
      const equals = pair.indexOf("=");
      const name = pair.slice(0, equals).trim();
      if (equals < 1 || name === "") continue;
      if (isOver(attributes)) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(equals + 1).trim());
    }
  }

  get(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  set(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  clear(): void {
    this.#cookies.clear();
  }

  /** The Cookie header of the next request; `undefined` when there is none. */
  header(): string | undefined {
    if (this.#cookies.size === 0) return undefined;
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

/** `Max-Age` wins over `Expires`, and the last of several over the others. @see RFC 6265 §5.3 */
function isOver(attributes: readonly string[]): boolean {
  const last = (name: RegExp): string | undefined => attributes.findLast((one) => name.test(one))?.replace(name, "");
  const maxAge = last(/^\s*max-age\s*=\s*(?=-?\d+\s*$)/i);
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  return Date.parse(last(/^\s*expires\s*=\s*/i) ?? "") <= Date.now();
}
