/** `process.env` is one for the whole process, and so is what was added to it. */
const added = new Map<string, string>();

/** @returns Whether the variable was added to `process.env`: not when that has one of this name. */
export function exportVariable(name: string, text: string): boolean {
  if (Object.hasOwn(process.env, name)) return false;
  process.env[name] = text;
  added.set(name, text);
  return true;
}

/** The variables of this process without those that `exportVariable` added: they are of one project, and none of another's. */
export function ownEnvironment(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(process.env).filter(([name, text]) => added.get(name) !== text));
}
