import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Context, ErrorDetails } from '@pentagraph/kit';
import type { Graph } from '@pentagraph/router';
import { type DocumentNode, type ExecutionResult, type GraphQLError, Kind } from 'graphql';
import { engineCodes, type Failure, RequestRefused } from './failure.ts';

/**
 * Asks the graph.
 * @throws RequestRefused when the graph refuses; Error when it breaks.
 */
export async function askGraph<Result, Variables>(
  graph: Graph,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
  context: Context,
): Promise<Result> {
  const result = await graph.execute({ query: document, variables: variables as Record<string, unknown>, context });
  return dataOf<Result>(result);
}

/** The data of a result. @throws as {@link askGraph} */
export function dataOf<Result>(result: ExecutionResult): Result {
  const error = result.errors?.[0];
  if (error) throw refusalOf(error);
  return result.data as Result;
}

/** A graph error with a status is a refusal; one without is something that broke. */
function refusalOf(error: GraphQLError): Error {
  const { code, httpStatus, details } = error.extensions;
  if (typeof httpStatus !== 'number') {
    return new Error(`The graph failed (${String(code ?? 'no code')}): ${error.message}`, { cause: error });
  }
  const failure: Failure = {
    status: httpStatus,
    code: typeof code === 'string' ? code : engineCodes.internal,
    message: error.message,
    details: (details ?? {}) as ErrorDetails,
  };
  return new RequestRefused(failure);
}

/** The name and kind of a document's operation, for documentation: `query SnapPlugins`. */
export function operationTitle(document: DocumentNode): string {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || !operation.name) {
    throw new Error('A document of a route needs one named operation.');
  }
  return `${operation.operation} ${operation.name.value}`;
}
