import type { Answer } from './answer.ts';
import type { Route } from './route.ts';
import type { JsonSchema, RouteDocs } from './route-docs.ts';

/** What is corrected by a redirect instead of refused. */
export type PathCorrection = 'trailing-slash' | 'letter-case' | 'repeated-slashes';

/** One REST API: its rows and its manners. All that the engine knows of an API is in here. */
export interface ApiTable {
  /** The domain, e.g. `snap`. */
  readonly name: string;
  readonly title: string;
  /** The API's own version. */
  readonly version: string;
  readonly description: string;
  /** For the start banner: which URLs. */
  readonly summary: string;
  readonly routes: readonly Route[];
  /** By `METHOD path` as the rows write them. */
  readonly docs: Readonly<Record<string, RouteDocs>>;
  /** Shapes that the docs refer to. */
  readonly schemas?: Readonly<Record<string, JsonSchema>>;
  /** A prefix that clients may put before every path, e.g. `/^\/v1\.\d+(?=\/)/`. */
  readonly versionPrefix?: RegExp;
  /** Paths that are this API's even where it knows none: on a shared listener only these are corrected or called malformed. */
  readonly ownPaths: RegExp;
  readonly redirects?: {
    readonly corrects: readonly PathCorrection[];
    answer(method: string, location: string): Answer;
  };
  /** Whether HEAD is answered as GET without the body; otherwise it is a method like others. */
  readonly headAnswersGet: boolean;
  /** For a path no row knows, on a listener of the API's own. */
  notFound(path: string): Answer;
  /** For a path that rows know under other methods. */
  methodNotAllowed(method: string, allowed: readonly string[]): Answer;
  /** For a path whose percent-encoding is broken. */
  readonly malformedPath: Answer;
}
