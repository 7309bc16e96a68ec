import { readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const OWN_FOLDER = dirname(fileURLToPath(new URL("../../package.json", import.meta.url)));
const PACKAGES = "node_modules";
/** Where npm notes what it has put into a folder of packages, and from where. */
const INSTALLED = ".package-lock.json";
const LOCAL = "file:";

/**
 * What the `package.json` of a new project says of `tina4-ts`: `^1.2.0`, and where this copy came from no registry but from a
 * clone or a packed file, that one.
 *
 * @param project The folder of the project, absolute.
 */
export function ownDependency(project: string): string {
  const source = localSource();
  if (source === undefined) return `^${versionOf(OWN_FOLDER)}`;
  return `${LOCAL}${relative(project, source).replaceAll(sep, "/")}`;
}

function localSource(): string | undefined {
  const packages = dirname(OWN_FOLDER);
  if (basename(packages) !== PACKAGES) return OWN_FOLDER;
  const source = installedFrom(packages);
  return source?.startsWith(LOCAL) ? resolve(dirname(packages), source.slice(LOCAL.length)) : undefined;
}

/** Nothing where another program than npm has installed it. */
function installedFrom(packages: string): string | undefined {
  try {
    const notes: unknown = JSON.parse(readFileSync(join(packages, INSTALLED), "utf8"));
    const { packages: places } = notes as { packages: Record<string, { resolved?: string }> };
    return places[`${PACKAGES}/${basename(OWN_FOLDER)}`]?.resolved;
  } catch {
    return undefined;
  }
}

function versionOf(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return version;
}
