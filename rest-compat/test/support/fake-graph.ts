import type { Graph, GraphRequest } from '@pentagraph/router';
import { buildSchema, type ExecutionResult, GraphQLError, Kind } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;
type Answers = Readonly<Record<string, (variables: Variables, request: GraphRequest) => unknown>>;
type Streams = Readonly<
  Record<
    string,
    (variables: Variables, request: GraphRequest) => AsyncIterableIterator<ExecutionResult> | ExecutionResult
  >
>;

/** A graph whose operations answer what a test says, by the operation's name. A thrown GraphQLError is the graph's refusal. */
export function fakeGraph(answers: Answers, streams: Streams = {}): Graph {
  return {
    apiSchema: buildSchema('type Query { nothing: Int }'),
    supergraphSdl: '',
    async execute(request) {
      try {
        return { data: (await named(answers, request)(request.variables ?? {}, request)) as Record<string, unknown> };
      } catch (error) {
        if (error instanceof GraphQLError) return { errors: [error] };
        throw error;
      }
    },
    async subscribe(request) {
      return named(streams, request)(request.variables ?? {}, request);
    },
  };
}

/** An error as a domain's refusal looks like in a result. */
export const refusal = (message: string, code: string, httpStatus: number, details: object = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, domain: 'test', httpStatus, details } });

function named<Answer>(answers: Readonly<Record<string, Answer>>, { query }: GraphRequest): Answer {
  const operation =
    typeof query === 'string' ? undefined : query.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const name = operation?.kind === Kind.OPERATION_DEFINITION ? operation.name?.value : undefined;
  const answer = name === undefined ? undefined : answers[name];
  if (!answer) throw new Error(`The fake graph has no answer for '${String(name)}'.`);
  return answer;
}
