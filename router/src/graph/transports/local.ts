import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Subgraph } from '@pentagraph/kit';
import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLSchema, subscribe } from 'graphql';
import { graphError, publicError } from '../errors.ts';
import { isStream, type SubgraphRequest, type SubgraphTransport } from '../transport.ts';

/** A subgraph's executable schema, with `_service` and `_entities`. */
function subgraphSchema({ typeDefs, resolvers }: Subgraph): GraphQLSchema {
  return buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });
}

/** A transport that knows the subgraph's own schema. */
export interface LocalTransport extends SubgraphTransport {
  readonly schema: GraphQLSchema;
}

/** Reaches a subgraph of this process: its resolvers are called directly. */
export function localTransport(subgraph: Subgraph): LocalTransport {
  const schema = subgraphSchema(subgraph);

  const argumentsOf = ({ document, operationName, variables, context }: SubgraphRequest): ExecutionArgs => ({
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    contextValue: subgraph.context(context),
  });

  return {
    name: subgraph.name,
    kind: 'local',
    schema,
    sharedSubscriptions: subgraph.sharedSubscriptions,

    async execute(request) {
      try {
        return publicResult(await execute(argumentsOf(request)), request);
      } catch (error) {
        return { errors: [publicError(error, request.context)] };
      }
    },

    async subscribe(request) {
      try {
        const answer = await subscribe(argumentsOf(request));
        return isStream(answer) ? mapResults(answer, request) : publicResult(answer, request);
      } catch (error) {
        return { errors: [publicError(error, request.context)] };
      }
    },

    health: () => subgraph.health(),
    gauges: () => subgraph.gauges(),
    close: async () => {},
  };
}

/** The result with errors fit for callers; a result without data was refused for its variables, before any resolver ran. */
function publicResult(result: ExecutionResult, { context }: SubgraphRequest): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map((error) =>
    result.data === undefined && error.path === undefined
      ? graphError('BAD_USER_INPUT', error.message)
      : publicError(error, context),
  );
  return { ...result, errors };
}

/** Not a generator: `return()` must reach the source while a `next()` waits. */
function mapResults(
  source: AsyncIterableIterator<ExecutionResult>,
  request: SubgraphRequest,
): AsyncIterableIterator<ExecutionResult> {
  return {
    async next() {
      const step = await source.next();
      return step.done ? step : { value: publicResult(step.value, request), done: false };
    },
    return: async () => (await source.return?.()) ?? { value: undefined, done: true },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
