import { relative, sep } from "node:path";

/** Where a route is registered: its `declaredAt`, seen from the folder of the project. */
export function routePlace(declaredAt: string, root: string): { readonly file: string; readonly line: number } {
  const [, file = declaredAt, line = "0"] = /^(.*):(\d+)$/s.exec(declaredAt) ?? [];
  return {
    file: relative(root, file.replace(/\?copy=\d+$/, ""))
      .split(sep)
      .join("/"),
    line: Number(line),
  };
}
