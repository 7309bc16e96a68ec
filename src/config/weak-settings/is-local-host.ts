/** Whether a host is this machine itself, so that what is sent there crosses no network. */
export function isLocalHost(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || host.startsWith("127.");
}
