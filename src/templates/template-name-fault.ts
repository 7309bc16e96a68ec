const MAX_NAME_CHARACTERS = 255;

/**
 * Says what is wrong with the name of a template, or nothing.
 *
 * A name is a path below the folder of templates, written in one way only: `mails/welcome.twig`. So it can never lead out of it.
 *
 * @see CWE-22
 */
export function templateNameFault(name: string): string | undefined {
  if (name === "" || name.length > MAX_NAME_CHARACTERS) return `Names have 1 to ${MAX_NAME_CHARACTERS} characters.`;
  if (/[\\:\p{Cc}\p{Surrogate}]/u.test(name)) return "Names have no backslash, colon or control character.";
  return name.split("/").every(isSegment)
    ? undefined
    : 'Names are relative, with "/" between their parts, of which none is empty, "." or "..".';
}

function isSegment(segment: string): boolean {
  return segment !== "" && segment !== "." && segment !== "..";
}
