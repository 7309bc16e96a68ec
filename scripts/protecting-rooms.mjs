/** The rooms of src/ that protect. Each must be proven by its own folder of test/, whatever other tests see of it. */
export const PROTECTING_ROOMS = ["auth", "middleware", "csrf", "tokens", "session", "rate-limit", "pipeline"];

/** The rooms of test/ that reach files of another: they open the sockets of `middleware/`. */
export const ROOMS_THAT_REACH_THEM = { middleware: ["websocket"] };

/** Tests of stores and servers start processes of their own: too slow to be run for each of a thousand mutants. */
const OF_OTHER_PROCESSES = /^test\/(?:session\/stores\/(?:file-store(?!-sweep)|mongodb-|redis-)|rate-limit\/redis-)/;

/** Whether a test is one that a mutant is given to. */
export function isQuick(test) {
  return !OF_OTHER_PROCESSES.test(test);
}
