import { Tina4Error } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import { CorsMiddleware as AnyCors } from "../middleware/cors-middleware.ts";
import { currentApplication } from "./current-application.ts";

const REMEDY = "set TINA4_CORS_ORIGINS, as https://app.example.com.";

/**
 * The CORS rules of the application, by hand. They are active without it, so listing the class as middleware is harmless.
 *
 * @example
 * ```ts
 * import { CorsMiddleware } from "tina4-ts";
 * new CorsMiddleware().allowedOrigin("https://evil.example"); // false
 * ```
 * @see Fetch Standard §3.2, CWE-942
 */
export class CorsMiddleware extends AnyCors {
  /** @internal Lists show it; a bundler would tell this class from the one that it extends by a number. */
  static override readonly name = "CorsMiddleware";

  /** @internal */
  readonly listingRemedy: string = `CORS is active already: ${REMEDY}`;

  /** @throws {Tina4Error} OPTION_INVALID when it is given options: origins are a setting. */
  constructor(...none: readonly []) {
    if (none.length > 0) throw new Tina4Error("OPTION_INVALID", `CorsMiddleware takes no options: ${REMEDY}`);
    super(currentApplication().settings);
  }

  /** Sets the CORS headers that this request's origin is entitled to, in place of those that the framework set. */
  override apply(request: Request, response: Response): void {
    const grant = this.grantFor(request);
    for (let index = 0; index < grant.length; index += 2) {
      response.header(grant[index] as string, grant[index + 1] as string);
    }
  }
}
