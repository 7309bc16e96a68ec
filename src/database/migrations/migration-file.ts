import { sha256 } from "../../crypto/sha256.ts";
import { Lines } from "../../text/lines.ts";
import type { Dialect } from "../sql/dialect.ts";
import { type StatementText, splitStatements } from "../sql/split-statements.ts";
import type { SqlToken } from "../sql/sql-tokens.ts";
import { withIdentityColumns } from "../sql/with-identity-columns.ts";
import { MigrationError } from "./migration-error.ts";

export type Half = "up" | "down";

export interface MigrationStatement {
  /** As it stands in the file. */
  readonly text: string;
  /** As it runs on this database. */
  readonly sql: string;
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
}

export interface MigrationNames {
  /** Under which every database remembers it. */
  readonly name: string;
  /** The file for this database, for messages. */
  readonly file: string;
}

/** A migration as its file tells it. */
export interface MigrationFile extends MigrationNames {
  readonly up: readonly MigrationStatement[];
  readonly down: readonly MigrationStatement[];
  /** Whether a half runs as a whole or not at all. */
  readonly isTransactional: boolean;
  /** Of the UP statements: the DOWN half may still be mended after a migration has been applied. */
  readonly checksum: string;
}

type MarkerName = Half | "no transaction";

interface Marker {
  readonly name: MarkerName;
  readonly start: number;
}

const MARKER = /^--[ \t]*(UP|DOWN|NO TRANSACTION)[ \t]*$/i;
const FORM = 'write "-- UP", the statements to apply, "-- DOWN" and the statements to undo them, once each';

/**
 * Reads a migration: `-- UP` on a line of its own, the statements to apply it, `-- DOWN`, the statements to undo it. What looks
 * like a marker in a string, a block comment, parentheses or the body of a trigger or function is none.
 *
 * @throws {MigrationError} when there is no UP half, a marker comes twice, or a statement stands before the first one.
 */
export function readMigration(names: MigrationNames, content: string, dialect: Dialect): MigrationFile {
  const text = content.replace(/\r\n?/g, "\n");
  const lines = new Lines(text);
  const markers: Marker[] = [];
  const statements = splitStatements(text, dialect, (comment) => {
    if (/^\/\*(?!.*\*\/$)/s.test(comment.text)) {
      throw new MigrationError(`${names.file}: the comment in line ${lines.lineAt(comment.start)} is never closed.`);
    }
    const marker = markerOf(comment, text);
    if (marker !== undefined) markers.push(marker);
    return marker !== undefined;
  });
  const fault = markerFault(markers, lines, dialect) ?? statementFault(statements, markers, lines);
  if (fault !== undefined) {
    throw new MigrationError(`${names.file}: ${fault}.`);
  }
  const half = (name: Half) =>
    statements
      .filter((statement) => markerBefore(statement, markers) === name)
      .map((statement) => migrationStatement(statement, text, lines, dialect));
  const up = half("up");
  const isTransactional = dialect.hasTransactionalDdl && !markers.some(({ name }) => name === "no transaction");
  return { ...names, up, down: half("down"), isTransactional, checksum: checksumOf(up) };
}

/** Tells statements from others, whatever stands around them: comments, spaces, line ends. */
export function checksumOf(statements: readonly MigrationStatement[]): string {
  return sha256(statements.map(({ text }) => text).join(";\n"), "hex");
}

function markerOf({ text: comment, start }: SqlToken, text: string): Marker | undefined {
  const name = MARKER.exec(comment)?.[1]?.toLowerCase() as MarkerName | undefined;
  const isAtLineStart = text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trim() === "";
  return name !== undefined && isAtLineStart ? { name, start } : undefined;
}

function markerFault(markers: readonly Marker[], lines: Lines, dialect: Dialect): string | undefined {
  const repeated = markers.find(({ name }, at) => markers.findIndex((marker) => marker.name === name) < at);
  if (repeated !== undefined) {
    return `${FORM}: line ${lines.lineAt(repeated.start)} repeats "-- ${repeated.name.toUpperCase()}"`;
  }
  if (!markers.some(({ name }) => name === "up")) {
    return FORM;
  }
  const header = markers.findIndex(({ name }) => name === "no transaction");
  if (header > 0) {
    return '"-- NO TRANSACTION" counts for the whole file, so it stands above "-- UP"';
  }
  if (header === 0 && dialect.name === "sqlite") {
    return 'SQLite needs no "-- NO TRANSACTION"; what another database needs it for belongs into a file of its own, like NAME.postgres.sql';
  }
  return undefined;
}

function statementFault(
  statements: readonly StatementText[],
  markers: readonly Marker[],
  lines: Lines,
): string | undefined {
  for (const statement of statements) {
    const line = lines.lineAt(statement.start);
    const marker = markerBefore(statement, markers);
    if (marker === undefined || marker === "no transaction") {
      return `${FORM}: the statement in line ${line} stands above them`;
    }
    if (statement.tokens[0].text === "DELIMITER") {
      return `line ${line}: DELIMITER is a command of the mysql client; leave it out, the bodies of triggers and procedures are recognised`;
    }
  }
  return undefined;
}

function markerBefore({ start }: StatementText, markers: readonly Marker[]): MarkerName | undefined {
  return markers.findLast((marker) => marker.start < start)?.name;
}

function migrationStatement(
  { start, end }: StatementText,
  text: string,
  lines: Lines,
  dialect: Dialect,
): MigrationStatement {
  const statement = text.slice(start, end);
  return { text: statement, sql: withIdentityColumns(statement, dialect), line: lines.lineAt(start) };
}
