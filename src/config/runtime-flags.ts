/**
 * The flags that Node.js was started with, on its command line or through `NODE_OPTIONS`, which `process.execArgv` leaves out.
 *
 * Node.js takes an underscore for a dash in them; here they are all spelled with dashes.
 */
export function runtimeFlags(): readonly string[] {
  const fromEnvironment = (process.env.NODE_OPTIONS ?? "").replaceAll('"', "").split(/\s+/);
  return [...process.execArgv, ...fromEnvironment].filter((flag) => flag !== "").map(withDashes);
}

function withDashes(flag: string): string {
  const equals = flag.indexOf("=");
  const name = equals < 0 ? flag : flag.slice(0, equals);
  return name.replaceAll("_", "-") + flag.slice(name.length);
}

/** Whether Node.js refuses a server that cannot prove its name: one variable turns that off for the whole process. */
export function checksTlsCertificates(): boolean {
  return process.env.NODE_TLS_REJECT_UNAUTHORIZED !== "0";
}
