import { parseArgs } from "node:util";
import { SETTING_NAMES } from "../src/config/read-settings.ts";
import { didYouMean } from "../src/text/did-you-mean.ts";
import type { AttackSettings } from "./attacked-server.ts";
import type { AttackRow } from "./row.ts";
import { ATTACK_ROWS } from "./rows.ts";

/** What the command line asks for. */
export interface AttackOptions {
  readonly rows: readonly AttackRow[];
  readonly overrides: AttackSettings;
  /** Of a server that runs already. */
  readonly port: number | undefined;
}

/** @throws {Error} that says in one line what is wrong with them. */
export function readAttackOptions(args: readonly string[]): AttackOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: "string" }, without: { type: "string", multiple: true }, url: { type: "string" } },
  });
  return { rows: rowsOf(values.only), overrides: overridesOf(values.without ?? []), port: portOf(values.url) };
}

function rowsOf(only = ""): readonly AttackRow[] {
  const prefixes = only.split(",").filter((prefix) => prefix !== "");
  if (prefixes.length === 0) return ATTACK_ROWS;
  const rows = ATTACK_ROWS.filter(({ id }) => prefixes.some((prefix) => id.startsWith(prefix)));
  if (rows.length === 0) throw new Error(`No row begins with ${only}.`);
  return rows;
}

function overridesOf(given: readonly string[]): AttackSettings {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) throw new Error(`--without takes NAME=value, not ${text}.`);
      if (!SETTING_NAMES.includes(name))
        throw new Error(`There is no setting ${name}.${didYouMean(name, SETTING_NAMES)}`);
      return [name, value];
    }),
  );
}

function portOf(url: string | undefined): number | undefined {
  if (url === undefined) return undefined;
  const { protocol, hostname, port } = URL.canParse(url) ? new URL(url) : new URL("about:blank");
  const isHere = protocol === "http:" && ["127.0.0.1", "localhost"].includes(hostname) && port !== "";
  if (!isHere) throw new Error("--url takes http://127.0.0.1 and a port: this attacks nobody else.");
  return Number(port);
}
