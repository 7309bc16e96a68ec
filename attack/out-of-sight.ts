/** Ends a row that would have to see the log or the files of a server which somebody else has started. */
export class OutOfSight extends Error {}
