import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const MAX_STACK_CHARACTERS = 20_000;
const MAX_LINE_CHARACTERS = 800;
/** `    at handler (file:///app/src/routes/a.ts:3:22)`, `    at async /app/main.js:4:1` */
const FRAME = /^ {4}at (?:(.*) \()?(?:async )?(.+?):(\d+):(\d+)\)?$/;
/** The folder of this framework's own code. */
const FRAMEWORK_FOLDER = fileURLToPath(new URL("..", import.meta.url));

/** One call on the way to an error. */
export interface StackFrame {
  readonly call: string;
  /** As it is shown: relative to the project where it is in it. */
  readonly place: string;
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  /** Whether the project's own code is at work. */
  readonly isOwn: boolean;
}

/** Reads the text of a stack, which anybody may have written: nothing follows from it but what is shown. */
export function stackFrames(stack: string, root: string): readonly StackFrame[] {
  return stack
    .slice(0, MAX_STACK_CHARACTERS)
    .split("\n")
    .filter((line) => line.length <= MAX_LINE_CHARACTERS)
    .flatMap((text) => {
      const [, call = "", location, line, column] = FRAME.exec(text) ?? [];
      if (location === undefined) return [];
      const file = fileOf(location);
      const isOwn = isInside(file, root) && !isInside(file, FRAMEWORK_FOLDER) && !/[\\/]node_modules[\\/]/.test(file);
      const shown = isOwn ? relative(root, file) : file;
      return [{ call, place: `${shown}:${line}:${column}`, file, line: Number(line), isOwn }];
    });
}

/** The folder as stacks name it: Node.js resolves links. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isInside(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A query after it tells versions of one module apart. */
function fileOf(location: string): string {
  try {
    return location.startsWith("file:") ? fileURLToPath(location.replace(/[?#].*$/, "")) : location;
  } catch {
    return location;
  }
}
