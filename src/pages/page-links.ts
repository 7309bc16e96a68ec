import { Tina4Error } from "../errors.ts";
import type { NamedRoutes } from "../router/named-routes.ts";
import { publicPath, spellPath } from "../static-files/public-path.ts";
import type { StaticFiles } from "../static-files/static-files.ts";
import { isWellFormed } from "../text/well-formed.ts";

export interface PageLinksOptions {
  readonly routes: NamedRoutes;
  readonly files: StaticFiles;
  /** Whether files are looked at again each time. */
  readonly checksForChanges: boolean;
}

/** Where pages lead: to named routes, and to public files. */
export class PageLinks {
  readonly routes: NamedRoutes;
  readonly #files: StaticFiles;
  readonly #assets: Map<string, string> | undefined;

  constructor({ routes, files, checksForChanges }: PageLinksOptions) {
    this.routes = routes;
    this.#files = files;
    this.#assets = checksForChanges ? undefined : new Map();
  }

  /**
   * The path of a public file with what it holds: `/css/app.css?v=0123456789ab`. A browser keeps it for ever, and asks for the next
   * state of the file under another name.
   *
   * @param path Of the file below `src/public`, as `/css/app.css`: names as they are, not percent-encoded.
   * @throws {Tina4Error} OPTION_INVALID when there is no such file, or it is never public.
   */
  asset(path: unknown): string {
    if (typeof path !== "string" || !isWellFormed(path)) throw missing(path);
    const known = this.#assets?.get(path);
    if (known !== undefined) return known;
    const url = spellPath(path.replace(/^\//, "").split("/"));
    const names = publicPath(url);
    const version = names === null ? undefined : this.#files.version(names);
    if (version === undefined) throw missing(path);
    this.#assets?.set(path, `${url}?v=${version}`);
    return `${url}?v=${version}`;
  }
}

function missing(path: unknown): Tina4Error {
  return new Tina4Error(
    "OPTION_INVALID",
    `asset(): src/public has no file ${JSON.stringify(path)} that everybody may have. Write asset("/css/app.css").`,
  );
}
