import { ALLOW_FILE, readAllowedWrites } from "../check/allowed-writes.ts";
import { guardAnswer } from "./guard-answer.ts";
import { loadApplication } from "./load-application.ts";
import { paint } from "./paint.ts";
import { type RouteRow, routeRows } from "./route-row.ts";
import { textTable } from "./text-table.ts";

const HEADINGS = ["METHOD", "PATH", "AUTH", "CSRF", "LIMIT", "MIDDLEWARE", "FILE"];

export interface RoutesFlags {
  readonly json: boolean | undefined;
  readonly "public-writes": boolean | undefined;
}

/** Lists the routes of the project in the current folder, or only those where strangers may change something. */
export async function routes({ json, "public-writes": publicWritesOnly }: RoutesFlags): Promise<number> {
  const root = process.cwd();
  const unguard = guardAnswer();
  const { application } = await loadApplication(root).finally(unguard);
  const rows = routeRows(application).filter((row) => row.isPublicWrite || !publicWritesOnly);
  process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : listing(rows));
  return publicWritesOnly ? compareWithAllowed(rows, readAllowedWrites(root)) : 0;
}

function listing(rows: readonly RouteRow[]): string {
  const [headings = "", ...lines] = textTable([HEADINGS, ...rows.map(cells)]).split("\n");
  return [paint("bold", headings, process.stdout), ...lines].join("\n");
}

function cells(row: RouteRow): readonly string[] {
  const { method, path, auth, roles, locks, crossSite, csrf, limit, middleware, declaredAt } = row;
  const credential = auth !== "none" ? [auth] : locks.length === 0 ? ["public"] : [];
  const access = [...credential, ...roles, ...locks, ...(crossSite ? ["cross-site"] : [])];
  const limits = limit.map(({ requests, windowSeconds }) => `${requests}/${windowSeconds}s`);
  return [method, path, access.join(" "), csrf, limits.join(", ") || "-", middleware.join(", ") || "-", declaredAt];
}

/** @returns 1 when strangers may change something that nobody allowed on purpose. */
function compareWithAllowed(rows: readonly RouteRow[], allowed: readonly string[]): number {
  const unlisted = rows.filter((row) => !allowed.includes(label(row)));
  const needless = allowed.filter((write) => !rows.some((row) => label(row) === write));
  for (const row of unlisted) print(`${label(row)} (${row.declaredAt}) is open to strangers and not in ${ALLOW_FILE}.`);
  for (const write of needless) print(`${write} is in ${ALLOW_FILE} and no public write. Remove it there.`);
  if (unlisted.length === 0) return 0;
  print("Without .noAuth() a route asks for a Bearer token. Where strangers are meant to write, say so:");
  print(`  ${JSON.stringify({ publicWrites: rows.map(label) })}`);
  print(`is what ${ALLOW_FILE} holds when each of these is meant.`);
  return 1;
}

function label({ method, path }: RouteRow): string {
  return `${method} ${path}`;
}

function print(text: string): void {
  process.stderr.write(`${text}\n`);
}
