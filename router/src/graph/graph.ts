import type { Context } from '@pentagraph/kit';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';

/** An operation of the graph and who asks for it. */
export interface GraphRequest {
  /** Text or a parsed document; a parsed document that is the same object each time is planned without being printed again. */
  readonly query: string | DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly context: Context;
}

/** Answers a query or a mutation. Never rejects: what goes wrong is in `errors`, each with `extensions.code`. */
export type Execute = (request: GraphRequest) => Promise<ExecutionResult>;

/**
 * Answers a subscription: one result per event, other subgraphs' fields resolved for each; or one result with `errors`
 * when it can't begin. Ends when `context.signal` aborts or the reader leaves.
 */
export type Subscribe = (request: GraphRequest) => Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;

/** The one door to the graph, for the HTTP and WebSocket server and for rest-compat. */
export interface Graph {
  /** What clients see: no federation machinery in it. */
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly execute: Execute;
  readonly subscribe: Subscribe;
}
