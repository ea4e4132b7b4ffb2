import { type DocumentNode, GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { withCode } from './errors.ts';
import { exceededLimit, type IncomingOperation, limitError, measureText, type OperationLimits } from './limits.ts';
import { PlanCache } from './plan-cache.ts';

/** How many parsed documents are remembered. */
const REMEMBERED_DOCUMENTS = 200;

/** What stands between the world and the graph: the document of an operation, or why it is not let in. */
export type Guard = (operation: IncomingOperation) => DocumentNode | GraphQLError;

/** Makes the guard of a listener. Equal texts give the same document object. */
export function operationGuard(schema: GraphQLSchema, limits: OperationLimits): Guard {
  const documents = new PlanCache<DocumentNode>(REMEMBERED_DOCUMENTS);

  function documentOf(text: string): DocumentNode | GraphQLError {
    const known = documents.get(text);
    if (known) return known;
    const { tokens, nesting } = measureText(text);
    if (tokens > limits.tokens) return limitError('tokens', tokens, limits.tokens);
    if (nesting > limits.nesting) return limitError('nesting', nesting, limits.nesting);
    try {
      const document = parse(text);
      documents.set(text, document);
      return document;
    } catch (error) {
      if (error instanceof GraphQLError) return withCode('GRAPHQL_PARSE_FAILED', error);
      throw error;
    }
  }

  return (operation) => {
    const document = documentOf(operation.query);
    if (document instanceof GraphQLError) return document;
    return exceededLimit(schema, document, operation, limits) ?? document;
  };
}
