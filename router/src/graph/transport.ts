import type { Context, Gauge, SubgraphHealth } from '@pentagraph/kit';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';

/** Values by variable name. */
export type Variables = Readonly<Record<string, unknown>>;

/** One operation for one subgraph. */
export interface SubgraphRequest {
  readonly document: DocumentNode;
  /** The document as text, where it is at hand. */
  readonly query?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Variables | undefined;
  readonly context: Context;
}

/**
 * How a subgraph is reached. Nothing here rejects or throws: what goes wrong is in `errors`, each with `extensions.code`
 * and nothing internal.
 */
export interface SubgraphTransport {
  /** The subgraph's name. */
  readonly name: string;
  readonly kind: 'local' | 'remote';
  /** The subgraph's own schema, when it runs in this process. */
  readonly schema?: GraphQLSchema;
  /** Subscription fields whose events are the same for every subscriber with the same arguments and viewer. */
  readonly sharedSubscriptions: readonly string[];
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /** Ends when `request.context.signal` aborts or the reader leaves. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
  health(): Promise<SubgraphHealth>;
  gauges(): readonly Gauge[];
  /** Releases connections; the subgraph itself is not stopped. */
  close(): Promise<void>;
}

/** The transports of a graph by subgraph name. */
export type Transports = ReadonlyMap<string, SubgraphTransport>;

/** The context of a caller whose credentials travel on to remote subgraphs. */
export interface CallerContext extends Context {
  /** The `authorization` header as it came. */
  readonly authorization?: string | undefined;
}

/** Tells a stream of results from one result. */
export function isStream<Stream extends AsyncIterableIterator<ExecutionResult>>(
  answer: Stream | ExecutionResult,
): answer is Stream {
  return Symbol.asyncIterator in answer;
}
