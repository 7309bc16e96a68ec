import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { MEMORY, sqliteFile } from "../../database/sqlite/sqlite-file.ts";
import { ENV_FILES, envSecrets } from "../env-secrets.ts";
import type { Finding, Sighting } from "../finding.ts";
import { gitIgnore } from "../git-ignore.ts";
import type { Project } from "../project.ts";

const PUBLIC_FOLDER = "src/public";
const KEY_FILE = "secrets/jwt.key";
/** What nobody outside may have: settings, keys, histories, databases, and the folders where we keep such things. */
const PRIVATE_NAME = /^(?:\.env(?:\..+)?|\.git|\.npmrc|secrets)$|\.(?:key|pem|p12|pfx|db3?|sqlite3?)$/i;
const MAX_ENTRIES = 20_000;

/** What the project keeps where strangers could get it. */
export const KEPT_FILE_FINDINGS: readonly Finding[] = [
  {
    id: "T4-012",
    severity: "error",
    stage: "always",
    title: `Data is kept below ${PUBLIC_FOLDER}`,
    why: "Files there are for everybody: a proxy or another server in front hands them out.",
    remedy: "Keep it below data/.",
    look: (project) => ownFiles(project).filter(({ path }) => isBelow(path, join(project.root, PUBLIC_FOLDER))),
  },
  {
    id: "T4-013",
    severity: "warning",
    stage: "always",
    title: "The database is outside of the project",
    why: "A path from elsewhere may be another program's file, or a folder that others can write to.",
    remedy: "Keep it below data/, or see to it that only this project can reach the folder.",
    look: (project) =>
      ownFiles(project).filter(
        ({ where, path }) => where.setting === "TINA4_DATABASE_URL" && !isBelow(path, project.root),
      ),
  },
  {
    id: "T4-014",
    severity: "error",
    stage: "always",
    title: "Secrets can get into the history of the sources",
    why: "What was committed once stays readable for everybody who ever gets a copy.",
    remedy: "Add it to .gitignore, and draw new secrets where it is committed already.",
    look: committable,
  },
  {
    id: "T4-015",
    severity: "error",
    stage: "always",
    title: `Something private is below ${PUBLIC_FOLDER}`,
    why: "Files there are for everybody: a proxy or another server in front hands them out.",
    remedy: "Move it out of the folder.",
    look: ({ root }) => entriesBelow(join(root, PUBLIC_FOLDER)).flatMap((entry) => privateEntry(entry, root)),
  },
];

type OwnFile = Sighting & { readonly path: string; readonly where: { readonly setting: string } };

/** Files that settings name, with their absolute paths. */
function ownFiles({ configuration, root }: Project): readonly OwnFile[] {
  if (configuration === undefined) return [];
  const { settings, sources } = configuration;
  const { TINA4_DATABASE_URL: url, TINA4_SESSION_BACKEND: backend, TINA4_SESSION_PATH: folder } = settings;
  const named = [
    ...(url.startsWith("sqlite:") ? [["TINA4_DATABASE_URL", sqlitePath(url, root)] as const] : []),
    ...(backend === "file" ? [["TINA4_SESSION_PATH", resolve(root, folder)] as const] : []),
  ];
  return named.flatMap(([setting, path]) =>
    path === undefined ? [] : [{ seen: relative(root, path), where: { setting, source: sources[setting] }, path }],
  );
}

function sqlitePath(url: string, root: string): string | undefined {
  try {
    const path = sqliteFile(url, root);
    return path === MEMORY ? undefined : path;
  } catch {
    return undefined;
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder + sep);
}

function committable(project: Project): readonly Sighting[] {
  const { root } = project;
  const isIgnored = gitIgnore(root);
  if (isIgnored === undefined) return [];
  const settings = ENV_FILES.map((file) => ({ file, seen: envSecrets(root, file).join(", ") }));
  const key = { file: KEY_FILE, seen: "the key that signs tokens" };
  const data = ownFiles(project)
    .filter(({ path }) => isBelow(path, root))
    .map(({ seen: file }) => ({ file, seen: "data of users" }));
  return [
    ...settings.filter(({ seen }) => seen !== ""),
    ...[key, ...data].filter(({ file }) => existsSync(join(root, file))),
  ]
    .filter(({ file }) => !isIgnored(file))
    .map(({ file, seen }) => ({ seen, where: { file } }));
}

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly isLink: boolean;
}

function entriesBelow(folder: string): readonly Entry[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .slice(0, MAX_ENTRIES)
    .map((entry) => ({
      path: join(entry.parentPath, entry.name),
      name: entry.name,
      isLink: entry.isSymbolicLink(),
    }));
}

function privateEntry({ path, name, isLink }: Entry, root: string): readonly Sighting[] {
  const where = { file: relative(root, path).split(sep).join("/") };
  if (isLink) return [{ seen: "a symbolic link, which other servers follow", where }];
  return PRIVATE_NAME.test(name) ? [{ seen: name, where }] : [];
}
