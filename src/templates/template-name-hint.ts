import { didYouMean } from "../text/did-you-mean.ts";

/**
 * How an error about a template that is not there goes on: with one of the same file name in another folder, as
 * `parts/price.twig` for `partials/price.html.twig`, else with the name that is nearest.
 */
export function templateNameHint(name: string, known: readonly string[]): string {
  const wanted = fileName(name);
  const sameFile = known.filter((candidate) => fileName(candidate) === wanted);
  return sameFile.length === 1 ? ` Did you mean "${sameFile[0]}"?` : didYouMean(name, known);
}

/** `price` of `parts/price.html.twig`. */
function fileName(name: string): string {
  return (name.split("/").at(-1) ?? "").split(".", 1)[0] ?? "";
}
