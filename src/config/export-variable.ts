/** `process.env` is one for the whole process, and so is what was added to it. */
const added = new Map<string, string>();

/** Adds a variable to `process.env`, unless it has one of that name. */
export function exportVariable(name: string, text: string): void {
  if (Object.hasOwn(process.env, name)) return;
  process.env[name] = text;
  added.set(name, text);
}

/** The variables of this process without those that `exportVariable` added: they are of one project, and none of another's. */
export function ownEnvironment(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(process.env).filter(([name, text]) => added.get(name) !== text));
}
