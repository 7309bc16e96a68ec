const FAILED = 1;

/**
 * Guards the answer of a command that looks at a project. What the project prints goes to standard error, since programs read the
 * answer; and where the project ends the process, or waits for what never comes, that does not pass for a good answer.
 *
 * @returns What undoes it, right before the answer is printed.
 */
export function guardAnswer(): () => void {
  const { stdout, stderr } = process;
  const { write } = stdout;
  stdout.write = stderr.write.bind(stderr);
  const onExit = (): void => {
    stderr.write("The project ended this process before it was looked at: let app.ts end with `await run();`.\n");
    process.exitCode = FAILED;
  };
  process.once("exit", onExit);
  return () => {
    process.off("exit", onExit);
    stdout.write = write;
  };
}
