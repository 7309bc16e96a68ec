/** A paragraph that begins with the name of a file, and the block under it. */
const FILE = /^`([\w./-]+)`(?:(?!\n\n)[\s\S])*?:\n```\w+\n([\s\S]*?)^```$/gm;

/** The files of the project that a guide makes, by their paths. */
export function guideFiles(guide: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from(guide.matchAll(FILE), ([, name = "", text = ""]) => [name, text]));
}
