import { pino } from "pino";
import { escapeControls } from "../text/escape-controls.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { LineWriter } from "./line-writer.ts";
import type { LogFields, Logger, LogLevel, Write } from "./logger.ts";
import { prettyStream } from "./pretty-stream.ts";
import { scrubFields, scrubMessage } from "./scrub-fields.ts";

const STANDARD_OUTPUT = 1;

/** Names that an entry has by itself; a field that is called so gets an underscore and cannot pose as one of them. */
const OWN_NAMES = ["level", "time", "message"];
const LOST = "entries of the log could not be written and are lost";

export interface LoggerOptions {
  /** The least important entries that are written. */
  readonly level?: LogLevel | "silent" | undefined;
  /** `json`: one object a line, for machines; `pretty`: one readable line. */
  readonly format?: "json" | "pretty" | undefined;
  /** Where lines go, each with its line end. Standard output by default, written at once: an exit loses nothing, a full disk ends nothing. */
  readonly destination?: LogDestination | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Where lines of the log go. */
export interface LogDestination {
  write(line: string): unknown;
}

/**
 * Creates a logger. One entry is one line without control characters, and without the secrets that can be recognised.
 *
 * @throws {Tina4Error} `OPTION_UNKNOWN` when an option does not exist.
 * @see CWE-117, CWE-532
 * @example
 * ```ts
 * const log = createLogger({ level: "info", format: "json" });
 * log.info({ port: 7148, password: "hunter2" }, "listening");
 * // {"level":"info","time":"…","port":7148,"password":"[redacted]","message":"listening"}
 * ```
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  refuseUnknownKeys("createLogger", options, ["level", "format", "destination", "now"]);
  const { level = "info", format = "json", now = Date.now } = options;
  const output = options.destination ?? new LineWriter(STANDARD_OUTPUT, (lost) => sink.warn({ lost }, LOST));
  const hasColours = options.destination === undefined && process.stdout.isTTY && process.stdout.hasColors();
  const sink: pino.Logger = pino(
    {
      level,
      base: null,
      messageKey: "message",
      formatters: { level: (label) => ({ level: label }) },
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      hooks: { streamWrite: escapeLine },
    },
    format === "pretty" ? prettyStream(output, hasColours) : output,
  );
  return loggerOver(sink, {});
}

/** JSON escapes fewer characters than a terminal obeys. The line end is ours. */
function escapeLine(line: string): string {
  return `${escapeControls(line.slice(0, -1))}\n`;
}

function loggerOver(sink: pino.Logger, bound: LogFields): Logger {
  const at = (level: LogLevel): Write => {
    if (!sink.isLevelEnabled(level)) return ignore;
    return (what, message = implicitMessage(what)) => {
      const fields = typeof what === "string" ? bound : { ...bound, ...harmless(what) };
      sink[level](fields, message === undefined ? undefined : scrubMessage(String(message)));
    };
  };
  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    fatal: at("fatal"),
    child: (fields) => loggerOver(sink, { ...bound, ...harmless(fields) }),
  };
}

function ignore(): void {}

function implicitMessage(what: string | LogFields | Error): string | undefined {
  return typeof what === "string" ? what : what instanceof Error ? what.message : undefined;
}

function harmless(what: LogFields | Error): LogFields {
  const fields: Record<string, unknown> = scrubFields(what instanceof Error ? { error: what } : what);
  for (const name of OWN_NAMES) {
    if (!Object.hasOwn(fields, name)) continue;
    fields[`${name}_`] = fields[name];
    delete fields[name];
  }
  return fields;
}
