import type { FastifyRequest } from 'fastify';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { CloseCode, type Context as ConnectionContext, makeServer, type SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Graph } from '../graph/graph.ts';
import type { Guard } from '../graph/guard.ts';
import type { CallerContext } from '../graph/transport.ts';
import { isRequestId } from './request-context.ts';
import type { RequestLifetimes } from './request-lifetimes.ts';
import type { WebSocketOptions } from './server-options.ts';
import { isForeignPage } from './viewer-of.ts';
import { guardConnection } from './websocket-connection.ts';

interface GraphqlWebSocketOptions {
  readonly graph: Graph;
  readonly guard: Guard;
  readonly lifetimes: RequestLifetimes;
  readonly settings: WebSocketOptions;
  readonly insecure: boolean;
  contextOf(request: FastifyRequest, signal: AbortSignal): CallerContext;
}

interface ConnectionExtra {
  readonly context: CallerContext;
}

/** Serves the protocol `graphql-transport-ws` on WebSockets. */
export function graphqlWebSocket({ graph, guard, lifetimes, settings, insecure, contextOf }: GraphqlWebSocketOptions) {
  const { maxSubscriptions = 1000, initTimeoutMs = 5_000 } = settings;

  const server = makeServer<Record<string, unknown>, ConnectionExtra>({
    connectionInitWaitTimeout: initTimeoutMs,
    onSubscribe(connection, _id, payload) {
      const open = Object.keys(connection.subscriptions).length;
      if (open > maxSubscriptions) return [tooMany(maxSubscriptions)];
      const document = guard({
        query: payload.query,
        operationName: payload.operationName ?? undefined,
        variables: payload.variables ?? {},
      });
      if (document instanceof GraphQLError) return [document];
      return {
        schema: graph.apiSchema,
        document,
        operationName: payload.operationName ?? null,
        variableValues: payload.variables ?? null,
        contextValue: operationContext(connection, payload),
      } satisfies ExecutionArgs;
    },
    execute: (args) => graph.execute(requestOf(args)),
    subscribe: (args) => graph.subscribe(requestOf(args)),
  });

  return (socket: WebSocket, request: FastifyRequest): void => {
    if (isForeignPage(request, { insecure })) {
      socket.close(CloseCode.Forbidden, 'Pages of other sites may not connect');
      return;
    }
    const lifetime = lifetimes.begin();
    const context = contextOf(request, lifetime.signal);
    const closed = server.opened(guardConnection(socket, { ...settings, logger: context.logger }), { context });
    socket.once('close', (code, reason) => {
      lifetime.end(true);
      closed(code, reason.toString()).catch((error: unknown) =>
        context.logger.warn({ err: error }, 'A WebSocket connection was not cleaned up'),
      );
    });
  };
}

/** Several operations share a connection: each may bring its own request id. */
function operationContext(
  { extra: { context } }: ConnectionContext<Record<string, unknown>, ConnectionExtra>,
  { extensions }: SubscribePayload,
): CallerContext {
  const requestId = extensions?.requestId;
  return isRequestId(requestId) ? { ...context, requestId } : context;
}

const requestOf = ({ document, operationName, variableValues, contextValue }: ExecutionArgs) => ({
  query: document,
  operationName: operationName ?? undefined,
  variables: variableValues ?? undefined,
  context: contextValue as CallerContext,
});

const tooMany = (limit: number) =>
  new GraphQLError(`This connection has ${limit} operations open; that is the limit. Complete some, or open another.`, {
    extensions: { code: 'SUBSCRIPTION_LIMIT_EXCEEDED', limit, value: limit + 1 },
  });
