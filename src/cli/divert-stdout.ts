/**
 * Sends what a project prints while it is looked at to standard error: standard output is for the answer, which programs read.
 *
 * @returns What undoes it.
 */
export function divertStdout(): () => void {
  const { stdout, stderr } = process;
  const { write } = stdout;
  stdout.write = stderr.write.bind(stderr);
  return () => {
    stdout.write = write;
  };
}
