import type { Fields } from "tina4-ts";

const MAX_NAME_CHARACTERS = 200;
const MAX_EMAIL_CHARACTERS = 254;
const MIN_PASSWORD_CHARACTERS = 8;
const MAX_PASSWORD_BYTES = 1024;

/** Visible ASCII, so that no two spellings of one address can become two accounts. */
const EMAIL = /^[\w!#$%&'*+/=?^`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/;
/** Control characters and halves of surrogate pairs, which no name has and not every database can store. */
const UNPRINTABLE = /\p{Cc}|\p{Cs}/u;

export interface Registration {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** What is wrong with which field, in the words that people and programs are told. */
export type Problems = Partial<Record<"name" | "email" | "password" | "current_password" | "new_password", string>>;

/** The list for programs, which pages show field by field. */
export function errorsOf(problems: Problems): string[] {
  return Object.values(problems);
}

export function readRegistration(body: Fields): { registration: Registration; problems: Problems } {
  const problems: Problems = {};
  const name = readName(body.name, problems);
  const email = readEmail(body.email, problems);
  const password = readNewPassword("password", "Password", body.password, problems);
  return { registration: { name, email, password }, problems };
}

/** What was not sent is not changed. */
export function readProfileChanges(body: Fields): { changes: { name?: string; email?: string }; problems: Problems } {
  const problems: Problems = {};
  const changes = {
    ...(body.name !== undefined && { name: readName(body.name, problems) }),
    ...(body.email !== undefined && { email: readEmail(body.email, problems) }),
  };
  return { changes, problems };
}

/** @returns the name without outer spaces; its problem is added to `problems`. */
function readName(sent: unknown, problems: Problems): string {
  const name = typeof sent === "string" ? sent.trim() : "";
  if (isMissing(sent)) problems.name = "Name is required";
  else if (name === "" || name.length > MAX_NAME_CHARACTERS || UNPRINTABLE.test(name)) {
    problems.name = `Name must be text of at most ${MAX_NAME_CHARACTERS} characters`;
  }
  return name;
}

/** @returns the address in the one spelling under which it is stored; its problem is added to `problems`. */
export function readEmail(sent: unknown, problems: Problems = {}): string {
  const email = typeof sent === "string" ? sent.trim() : "";
  if (isMissing(sent)) problems.email = "Email is required";
  else if (email.length > MAX_EMAIL_CHARACTERS || !EMAIL.test(email)) problems.email = "Email must be a valid address";
  return email.toLowerCase();
}

/** @returns the password, of which nothing is cut off; its problem is added to `problems`. */
export function readNewPassword(
  field: "password" | "new_password",
  label: string,
  sent: unknown,
  problems: Problems,
): string {
  if (isMissing(sent)) problems[field] = `${label} is required`;
  else if (!isPassword(sent)) problems[field] = `${label} must be text of at most ${MAX_PASSWORD_BYTES} bytes`;
  else if ([...sent].length < MIN_PASSWORD_CHARACTERS) {
    problems[field] = `${label} must be at least ${MIN_PASSWORD_CHARACTERS} characters`;
  }
  return isPassword(sent) ? sent : "";
}

/** Whether this can be the password of anybody: whatever else was sent is not worth the work of checking it. */
export function isPassword(sent: unknown): sent is string {
  return typeof sent === "string" && sent !== "" && Buffer.byteLength(sent) <= MAX_PASSWORD_BYTES;
}

function isMissing(sent: unknown): boolean {
  return sent === undefined || sent === null || (typeof sent === "string" && sent.trim() === "");
}
