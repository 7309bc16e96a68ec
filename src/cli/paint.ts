import type { WriteStream } from "node:tty";
import { styleText } from "node:util";

/** Colours a text when it goes to a terminal that shows colours, and leaves it alone anywhere else. */
export function paint(style: "red" | "dim" | "bold", text: string, stream: WriteStream): string {
  return stream.isTTY && stream.hasColors() ? styleText(style, text, { validateStream: false }) : text;
}
