import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What stands in every file that nobody may read. */
export const FILE_SECRET = "the secret of these files";

const FILES: Readonly<Record<string, string>> = {
  ".env": `NOTE="${FILE_SECRET}"`,
  "package.json": FILE_SECRET,
  "secrets/jwt.key.txt": FILE_SECRET,
  "data/app.db": FILE_SECRET,
  "src/public/a.txt": "0123456789",
  "src/public/a/b.txt": "nested",
  "src/public/guarded.txt": FILE_SECRET,
  "src/public/.env": FILE_SECRET,
  "src/public/.git/config": FILE_SECRET,
  "src/public/.htpasswd": FILE_SECRET,
  "src/public/app.js.map": FILE_SECRET,
  "src/public/app.db": FILE_SECRET,
  "src/public/a.txt~": FILE_SECRET,
  "src/public/page.html": "<p>static</p>",
  "src/public/folder/b.txt": "listed",
  "files/a.txt": "file",
  "outside.twig": FILE_SECRET,
  "src/templates/token.twig": "{{ form_token() }}",
  "src/templates/nonce.twig": '<script nonce="{{ csp_nonce() }}">const one = 1;</script>',
  "src/templates/text.twig": `<p title="{{ v }}" class='{{ v }}'>{{ v }}</p><a href="{{ v }}">link</a>`,
  "src/templates/names.twig": "{% for name, value in query %}<p>{{ name }}</p>{% endfor %}",
  "src/templates/steps.twig": "{% for i in 1..1000000000 %}{{ i }}{% endfor %}",
  "src/templates/reach.twig": "[{{ v.constructor }}{{ v.__proto__ }}{{ query.hasOwnProperty }}]",
  "src/templates/call.twig": "{{ v.constructor.constructor('return process')() }}",
  "src/templates/self.twig": "{{ _self }}{{ [].map }}{{ range.constructor }}",
  "src/templates/include.twig": "<div>{% include name %}</div>",
  "src/templates/part.twig": "<p>part</p>",
};

/** The folder of the attacked application, with files that must stay unread. */
export interface Project {
  readonly root: string;
  /** Whether it holds links and a pipe too. */
  readonly hasLinks: boolean;
  remove(): void;
}

export function writeProject(): Project {
  const root = mkdtempSync(join(tmpdir(), "tina4-attack-"));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const hasLinks = process.platform !== "win32";
  if (hasLinks) {
    symlinkSync(join(root, ".env"), join(root, "src/public/link.txt"));
    symlinkSync(root, join(root, "src/public/up"));
    execFileSync("mkfifo", [join(root, "src/public/pipe.txt")]);
  }
  return { root, hasLinks, remove: () => rmSync(root, { recursive: true, force: true }) };
}
