import type { IncomingHttpHeaders } from "node:http";
import type { Application } from "../../src/app/application.ts";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import type { Request } from "../../src/http/request.ts";
import { newApp } from "../app/test-app.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";

export interface FrondSiteOptions {
  readonly settings?: SettingOverrides;
  /** For each path what stands in the body of its page. */
  readonly pages?: Readonly<Record<string, string | ((request: Request) => string)>>;
  /** The pages' own script. */
  readonly script?: string;
  /** Attributes of `<html>`. */
  readonly root?: string;
  /** Every handler whose request a test looks at calls `note`. */
  readonly addRoutes?: (app: Application, note: (request: Request) => void) => void;
}

export interface FrondSite {
  readonly origin: string;
  readonly app: Application;
  /** What handlers got. */
  readonly received: Received[];
  close(): Promise<void>;
}

export interface Received {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
}

/** A site of this very framework, under its default policy, whose pages load the built script. */
export async function openFrondSite(options: FrondSiteOptions): Promise<FrondSite> {
  const { settings, pages = {}, script = "", root = "", addRoutes } = options;
  const { app } = newApp({ TINA4_LOG_LEVEL: "silent", TINA4_RATE_LIMIT: 0, ...settings });
  const received: Received[] = [];
  const builtScript = { root: `${PROJECT_ROOT}dist/browser` };
  app.get("/js/frond.min.js", (_request, response) => response.file("frond.min.js", builtScript));
  app.get("/modules/{name}", ({ params }, response) => response.file(params.name, builtScript));
  app.get("/page.js", (_request, response) => response.stream([script], "text/javascript"));
  app.get("/favicon.ico", (_request, response) => response.status(204));
  for (const [path, body] of Object.entries(pages)) {
    app.get(path, (request, response) =>
      response.html(documentWith(root, typeof body === "string" ? body : body(request))),
    );
  }
  addRoutes?.(app, ({ path, body, raw }) => {
    received.push({ path, body: body as Received["body"], headers: { ...raw.headers } });
  });
  const { url } = await app.listen({ port: 0, host: "127.0.0.1" });
  return { origin: new URL(url).origin, app, received, close: () => app.close() };
}

/** The hidden field that a template prints for `{{ form_token() }}`. */
export function tokenField(request: Request, name = "formToken"): string {
  return `<input type="hidden" name="${name}" value="${request.formToken()}">`;
}

function documentWith(root: string, body: string): string {
  return `<!doctype html><html lang="en" ${root}><title>Page</title>
    <script src="/page.js" defer></script><script src="/js/frond.min.js" defer></script>${body}`;
}
