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
 * @param own That of this copy.
 */
export function ownDependency(project: string, own: string = OWN_FOLDER): string {
  const source = localSource(own);
  if (source === undefined) return `^${versionOf(own)}`;
  return `${LOCAL}${relative(project, source).replaceAll(sep, "/")}`;
}

function localSource(own: string): string | undefined {
  const packages = dirname(own);
  if (basename(packages) !== PACKAGES) return own;
  const source = installedFrom(packages, basename(own));
  return source?.startsWith(LOCAL) ? resolve(dirname(packages), source.slice(LOCAL.length)) : undefined;
}

/** Nothing where another program than npm has installed it. */
function installedFrom(packages: string, name: string): string | undefined {
  try {
    const notes: unknown = JSON.parse(readFileSync(join(packages, INSTALLED), "utf8"));
    const { packages: places } = notes as { packages: Record<string, { resolved?: string }> };
    return places[`${PACKAGES}/${name}`]?.resolved;
  } catch {
    return undefined;
  }
}

function versionOf(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return version;
}
