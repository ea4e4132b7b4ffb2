import { ApolloServer, type ApolloServerOptions } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { type DocumentNode, GraphQLError } from 'graphql';
import type { Graph } from '../graph/graph.ts';
import type { Guard } from '../graph/guard.ts';
import { PlanCache } from '../graph/plan-cache.ts';
import type { CallerContext, Variables } from '../graph/transport.ts';

type Gateway = Extract<ApolloServerOptions<CallerContext>, { readonly gateway: object }>['gateway'];

type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** Apollo Server in front of a graph: GraphQL over HTTP is its business, answering operations is the graph's. */
export function apolloServer(graph: Graph, logger: CallerContext['logger']): ApolloServer<CallerContext> {
  return new ApolloServer<CallerContext>({
    gateway: gatewayOf(graph),
    logger,
    csrfPrevention: true,
    introspection: true,
    persistedQueries: false,
    documentStore: documentStore(),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
}

/** How many valid documents are remembered, and with them their plans. */
const REMEMBERED_DOCUMENTS = 1000;

/** Apollo Server's own store goes by the size of documents as JSON, which is a fraction of the memory they take. */
function documentStore(): ApolloServerOptions<CallerContext>['documentStore'] {
  const documents = new PlanCache<DocumentNode>(REMEMBERED_DOCUMENTS);
  return {
    get: async (digest) => documents.get(digest),
    set: async (digest, document) => documents.set(digest, document, document.loc?.source.body.length),
    delete: async (digest) => documents.delete(digest),
  };
}

/** The graph in the shape in which Apollo Server takes the executor of a federated graph. */
function gatewayOf({ apiSchema, supergraphSdl, execute }: Graph): Gateway {
  let announce: Parameters<Gateway['onSchemaLoadOrUpdate']>[0] | undefined;
  return {
    onSchemaLoadOrUpdate(listener) {
      announce = listener;
      return () => {
        announce = undefined;
      };
    },
    async load() {
      announce?.({ apiSchema, coreSupergraphSdl: supergraphSdl });
      return {
        schema: apiSchema,
        executor: ({ document, request, context }) =>
          execute({
            query: document,
            operationName: request.operationName,
            variables: request.variables,
            context: context as CallerContext,
          }) as ReturnType<Executor>,
      };
    },
    // The graph outlives this server: whoever made it closes it.
    async stop() {},
  };
}

interface GraphqlHttpOptions {
  /** Started. */
  readonly apollo: ApolloServer<CallerContext>;
  readonly guard: Guard;
  contextOf(request: FastifyRequest): CallerContext;
}

/** Handler and guard of the GraphQL route. */
export function graphqlHttp({
  apollo,
  guard,
  contextOf,
}: GraphqlHttpOptions): Pick<RouteOptions, 'preHandler' | 'handler'> {
  return {
    preHandler: async (request: FastifyRequest, reply: FastifyReply) => {
      const refusal = refusedBy(guard, request);
      return refusal
        ? reply
            .code(400)
            .type(errorType(request))
            .send(JSON.stringify({ errors: [refusal] }))
        : undefined;
    },
    handler: fastifyApolloHandler(apollo, { context: async (request) => contextOf(request) }),
  };
}

/** What exceeds a limit is refused here; everything else that is wrong is left to Apollo Server to answer. */
function refusedBy(guard: Guard, request: FastifyRequest): GraphQLError | undefined {
  const parameters = (request.method === 'GET' ? request.query : request.body) as GraphqlParameters | null | undefined;
  if (typeof parameters?.query !== 'string') return undefined;
  const { query, operationName, variables } = parameters;
  const verdict = guard({
    query,
    ...(typeof operationName === 'string' && { operationName }),
    variables: variablesOf(variables),
  });
  return verdict instanceof GraphQLError && verdict.extensions.code !== 'GRAPHQL_PARSE_FAILED' ? verdict : undefined;
}

interface GraphqlParameters {
  readonly query?: unknown;
  readonly operationName?: unknown;
  /** An object, or its JSON text in a URL. */
  readonly variables?: unknown;
}

function variablesOf(given: unknown): Variables {
  if (typeof given !== 'string') return isRecord(given) ? given : {};
  try {
    const parsed: unknown = JSON.parse(given);
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

const isRecord = (value: unknown): value is Variables => typeof value === 'object' && value !== null;

const errorType = ({ headers: { accept = '' } }: FastifyRequest): string =>
  accept.includes('application/graphql-response+json')
    ? 'application/graphql-response+json; charset=utf-8'
    : 'application/json; charset=utf-8';
