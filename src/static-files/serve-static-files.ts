import { answerWithFile } from "../http/answer-with-file.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import { compose } from "../pipeline/compose.ts";
import type { Layer } from "../pipeline/middleware.ts";
import type { Step, StepOutcome } from "../pipeline/step.ts";
import { publicPath } from "./public-path.ts";
import type { FoundFile, StaticFiles } from "./static-files.ts";

/** Kept by whoever likes, and asked about each time: so a deployment is seen at once, and what has not changed is not sent again. */
const REVALIDATED = "public, max-age=0, must-revalidate";
/** Under this name it never changes, so nobody asks again. */
const KEPT_FOR_EVER = "public, max-age=31536000, immutable";
const VERSION = /^\?v=([0-9a-f]{12})$/;

/**
 * Answers GET and HEAD with a file where there is one, inside of the application's middleware. Where there is none, no
 * middleware runs and the request goes on.
 *
 * @param layers outermost first.
 */
export function serveStaticFiles(files: StaticFiles, layers: readonly Layer[]): Step {
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined;
    const names = publicPath(request.path);
    return names === null || !files.mayHave(names) ? undefined : serve(files, names, layers, request, response);
  };
}

/** Whether GET would be answered with a file. */
export async function hasStaticFile(files: StaticFiles, path: string): Promise<boolean> {
  const names = publicPath(path);
  const found = names === null ? undefined : await files.find(names);
  if (typeof found === "object") await found.file.close();
  return found !== undefined;
}

async function serve(
  files: StaticFiles,
  names: readonly string[],
  layers: readonly Layer[],
  request: Request,
  response: Response,
): Promise<StepOutcome> {
  const found = await files.find(names, {
    acceptEncoding: request.raw.headers["accept-encoding"] as string | undefined,
    version: VERSION.exec(request.url.slice(request.path.length))?.[1],
  });
  if (found === undefined) return undefined;
  if (found === "folder") return await compose(layers, addSlash)(request, response);
  try {
    return await compose(layers, () => sendFound(found, request, response))(request, response);
  } finally {
    await found.file.close();
  }
}

/** The query stays, but for what browsers take for a slash; a path that could lead elsewhere has been refused long before. */
function addSlash({ path, url }: Request, response: Response): Response {
  const query = url.slice(path.length).replaceAll("\\", "%5C");
  return response.redirect(`${path}/${query}`, 301).header("Cache-Control", REVALIDATED);
}

function sendFound(found: FoundFile, request: Request, response: Response): Response {
  const { file, contentType, etag, fields, isVersion } = found;
  const kept = isVersion ? KEPT_FOR_EVER : REVALIDATED;
  answerWithFile(response, request, file, { contentType, etag, fields: ["Cache-Control", kept, ...fields] });
  return response;
}
