import { createInterface } from "node:readline";
import { Tina4Error } from "../errors.ts";

/**
 * Asks whoever sits at the terminal.
 *
 * @param fallback The answer where nobody sits there, and of who only presses Enter.
 * @throws {Tina4Error} OPTION_INVALID when the question is not answered but broken off.
 */
export async function ask(question: string, fallback: string): Promise<string> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return fallback;
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await new Promise<string>((answered, brokenOff) => {
      reader.question(question, answered);
      reader.once("close", () => brokenOff(new Tina4Error("OPTION_INVALID", "Nothing was made.")));
    });
    return answer.trim() || fallback;
  } finally {
    reader.close();
  }
}
