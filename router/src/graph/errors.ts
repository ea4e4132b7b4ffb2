import { type Context, SlowConsumerError } from '@pentagraph/kit';
import { GraphQLError, type GraphQLErrorExtensions, isValueNode } from 'graphql';

/** The codes the graph itself answers with; domains add their own. */
export type GraphErrorCode =
  /** The document is not GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document asks for what the schema does not have. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** A variable or an argument has a value its type does not allow. */
  | 'BAD_USER_INPUT'
  /** No operation of the document fits: unknown name, none given of several, or the wrong kind. */
  | 'OPERATION_RESOLUTION_FAILURE'
  /** A defect; the log has the cause under the request id. */
  | 'INTERNAL_SERVER_ERROR'
  /** A remote subgraph gave no usable answer. */
  | 'SUBGRAPH_UNAVAILABLE'
  /** A remote subgraph reported an error without a code. */
  | 'DOWNSTREAM_SERVICE_ERROR'
  /** The reader of a subscription fell too far behind. */
  | 'SLOW_CONSUMER';

/** An error of the graph itself. */
export function graphError(code: GraphErrorCode, message: string, details?: GraphQLErrorExtensions): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } });
}

/** The same error with a code of the graph, its place in the document kept. */
export function withCode(code: GraphErrorCode, error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions: { ...error.extensions, code },
  });
}

/**
 * What a caller may see of an error that a subgraph of this process threw: refusals with their code as they are, bad input as
 * `BAD_USER_INPUT`, and everything else as `INTERNAL_SERVER_ERROR`, whose cause goes to the log instead.
 */
export function publicError(error: unknown, context: Context): GraphQLError {
  const path = error instanceof GraphQLError ? error.path : undefined;
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (cause instanceof SlowConsumerError) return graphError('SLOW_CONSUMER', cause.message);
  const extensions = extensionsOf(error);
  if (typeof extensions?.code === 'string') {
    return new GraphQLError((error as Error).message, { path, extensions: withoutInternals(extensions) });
  }
  if (error instanceof GraphQLError && blamesInput(error)) {
    return new GraphQLError(error.message, { path, extensions: { code: 'BAD_USER_INPUT' } });
  }
  context.logger.error({ err: cause, requestId: context.requestId, path }, 'A resolver failed unexpectedly');
  return new GraphQLError('Internal server error', {
    path,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: context.requestId },
  });
}

/** Takes out what gateways and servers add for their own use. */
export function withoutInternals(extensions: GraphQLErrorExtensions): GraphQLErrorExtensions {
  const { serviceName: _, stacktrace: __, exception: ___, ...rest } = extensions;
  return rest;
}

function extensionsOf(error: unknown): GraphQLErrorExtensions | undefined {
  if (!(error instanceof Error) || !('extensions' in error)) return undefined;
  return error.extensions as GraphQLErrorExtensions;
}

/** Variables and arguments that a scalar of the subgraph rejects are the caller's mistake: such errors point at the value. */
function blamesInput({ nodes }: GraphQLError): boolean {
  const place = nodes?.[0];
  return place !== undefined && (isValueNode(place) || place.kind === 'VariableDefinition');
}
