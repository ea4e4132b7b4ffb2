/** A JSON Schema, as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

interface BodyDocs {
  readonly mediaType: string;
  readonly schema: JsonSchema;
  readonly description?: string;
}

/** What OpenAPI says of a row beyond what the row says itself. */
export interface RouteDocs {
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** What the parameters of the path are. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>;
  /** Bodies the row takes, by media type. */
  readonly request?: readonly BodyDocs[];
  readonly responses: Readonly<Record<number, BodyDocs>>;
}
