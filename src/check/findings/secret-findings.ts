import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import type { SettingName, Settings } from "../../config/settings.ts";
import { loadOrCreateSecretFile } from "../../tokens/secret-file.ts";
import { assertStrongSecret } from "../../tokens/strong-secret.ts";
import type { Finding, Sighting } from "../finding.ts";
import type { Project } from "../project.ts";

/** A random secret of 16 bytes in any usual spelling is above; what people type and repeat is below. */
const MIN_BITS = 96;
const KEY_FILE = "secrets/jwt.key";

/** What is wrong with the keys that sign tokens. That none is set is a weak setting. */
export const SECRET_FINDINGS: readonly Finding[] = [
  {
    id: "T4-020",
    severity: "error",
    stage: "always",
    title: "SECRET can be guessed",
    why: "Whoever knows it signs in as anybody, so the project does not start.",
    remedy: 'Set it to what "tina4 secret" prints.',
    look: (project) => secretsOf(project, (secret, setting) => faultOf(secret, setting)),
  },
  {
    id: "T4-022",
    severity: "error",
    stage: "deploy",
    title: "SECRET is long and still simple",
    why: "It has few different characters, so it was typed and not drawn: such keys are found by trying.",
    remedy: 'Set it to what "tina4 secret" prints.',
    look: (project) =>
      secretsOf(project, (secret, setting) =>
        faultOf(secret, setting) === undefined && bitsOf(secret) < MIN_BITS
          ? `${Buffer.byteLength(secret)} bytes, worth about ${Math.floor(bitsOf(secret))} bits`
          : undefined,
      ),
  },
  {
    id: "T4-027",
    severity: "error",
    stage: "always",
    title: "The key file cannot be used",
    why: "SECRET is not set, so this file is what signs tokens, and the project does not start without it.",
    remedy: "Do as the message says.",
    look: keyFileFault,
  },
];

/** One that is not there yet is made at the first start, and not by us. */
function keyFileFault({ configuration, root }: Project): readonly Sighting[] {
  const path = join(root, KEY_FILE);
  if (configuration === undefined || configuration.settings.SECRET !== undefined || !existsSync(path)) return [];
  try {
    loadOrCreateSecretFile(path);
    return [];
  } catch (error) {
    return [{ seen: (error as Error).message.replaceAll(root + sep, ""), where: { file: KEY_FILE } }];
  }
}

function secretsOf(
  { configuration }: Project,
  judge: (secret: string, setting: SettingName) => string | undefined,
): readonly Sighting[] {
  if (configuration === undefined) return [];
  const { settings, sources } = configuration;
  return namedSecrets(settings).flatMap(([setting, secret]) => {
    const seen = judge(secret, setting);
    return seen === undefined ? [] : [{ seen, where: { setting, source: sources[setting] } }];
  });
}

function namedSecrets({ SECRET, SECRET_PREVIOUS }: Settings): readonly (readonly [SettingName, string])[] {
  const previous = SECRET_PREVIOUS.map((secret) => ["SECRET_PREVIOUS", secret] as const);
  return SECRET === undefined ? previous : [["SECRET", SECRET], ...previous];
}

/** What keeps the project from starting with this secret; never the secret itself. */
function faultOf(secret: string, setting: string): string | undefined {
  try {
    assertStrongSecret(secret, setting);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/ Make a random one.*$/s, "");
  }
}

/** How much its characters tell, if each were drawn by itself as often as it stands there (Shannon's entropy). */
function bitsOf(secret: string): number {
  const characters = [...secret];
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - count * Math.log2(count / characters.length), 0);
}
