import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { SecureOptions } from "../auth/access-marks.ts";
import type { Claims } from "../claims.ts";
import type { Fields } from "../http/form-fields.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import type { UploadOptions } from "../uploads/upload-options.ts";
import type { ParamsOf } from "./params-of.ts";

/**
 * The same words as the chain methods of `Route`, and the schemas, which have no chain form because they change types. What guards
 * is left out or is something: `undefined` would be a guard that got lost.
 */
export interface RouteOptions extends RouteSchemas {
  readonly secure?: boolean | SecureOptions;
  readonly noAuth?: boolean | undefined;
  readonly crossSite?: boolean | undefined;
  readonly csrf?: boolean;
  readonly role?: string | readonly string[];
  readonly middleware?: MiddlewareEntry | readonly MiddlewareEntry[];
  readonly upload?: boolean | UploadOptions | undefined;
  readonly name?: string | undefined;
  readonly template?: string | undefined;
}

/** Validators that follow the Standard Schema: zod, valibot, arktype and others. */
export interface RouteSchemas {
  readonly params?: StandardSchemaV1;
  readonly query?: StandardSchemaV1;
  readonly body?: StandardSchemaV1;
}

export const ROUTE_OPTIONS: readonly (keyof RouteOptions)[] = [
  "secure",
  "noAuth",
  "crossSite",
  "csrf",
  "role",
  "middleware",
  "upload",
  "name",
  "template",
  "params",
  "query",
  "body",
];

type SchemaOutput<Options, Key extends keyof RouteOptions, Otherwise> = Options extends {
  readonly [K in Key]: infer Schema;
}
  ? Schema extends StandardSchemaV1
    ? StandardSchemaV1.InferOutput<Schema>
    : Otherwise
  : Otherwise;

export type ParamsFor<Pattern extends string, Options> = SchemaOutput<Options, "params", ParamsOf<Pattern>>;
export type BodyFor<Options> = SchemaOutput<Options, "body", Fields>;
export type QueryFor<Options> = SchemaOutput<Options, "query", Fields>;

/** `{ secure: true }` or a role makes the user certain; a chain cannot, since a later `.noAuth()` would make the type a lie. */
export type UserFor<Options> = Options extends
  | { readonly secure: true | object }
  | { readonly role: string | readonly string[] }
  ? Claims
  : Claims | null;
