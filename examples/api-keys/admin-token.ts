import { Auth } from "tina4-ts";

/** Prints a token of an administrator, signed with the key of this folder. A real project gives it out at login. */
process.stdout.write(`${Auth.getToken({ sub: "admin", role: "admin" })}\n`);
