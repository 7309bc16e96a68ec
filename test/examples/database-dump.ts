import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectClient } from "./project-client.ts";

/** All that somebody gets who copies a project's database and the files that it keeps beside it, its sessions among them. */
export function databaseDump({ url, folder }: Pick<ProjectClient, "url" | "folder">): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "latin1"));
  return [...files, dumpOfServer(url)].join("\n");
}

function dumpOfServer(url: string): string {
  switch (new URL(url).protocol) {
    case "postgres:":
      return outputOf("pg_dump", ["--inserts", url]);
    case "mysql:":
      return outputOf("mariadb-dump", mariadbArguments(new URL(url)));
    default:
      return "";
  }
}

function mariadbArguments({ hostname, port, username, password, pathname }: URL): readonly string[] {
  const account = [`--user=${username}`, `--password=${decodeURIComponent(password)}`];
  return ["--no-defaults", `--host=${hostname}`, `--port=${port}`, ...account, pathname.slice(1)];
}

function outputOf(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "latin1", maxBuffer: 2 ** 26 });
  if (status !== 0) throw error ?? new Error(`${program}: ${stderr}`);
  return stdout;
}
