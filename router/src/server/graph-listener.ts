import type { ApolloServer } from '@apollo/server';
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { handleProtocols } from 'graphql-ws';
import type { Guard } from '../graph/guard.ts';
import type { CallerContext } from '../graph/transport.ts';
import { graphqlHttp } from './graphql-http.ts';
import { graphqlWebSocket } from './graphql-ws.ts';
import type { HttpApp } from './http-app.ts';
import { readJsonStrictly } from './json-body.ts';
import type { RequestLifetimes } from './request-lifetimes.ts';
import type { ServerOptions } from './server-options.ts';

interface GraphListenerOptions extends Pick<ServerOptions, 'graph' | 'webSocket'> {
  readonly apollo: ApolloServer<CallerContext>;
  readonly guard: Guard;
  readonly lifetimes: RequestLifetimes;
  readonly bodyBytes: number;
  readonly insecure: boolean;
}

/** RFC 6455: the server goes away. */
const GOING_AWAY = 1001;

/** Serves the graph on a listener: queries and mutations over HTTP, everything over WebSocket, both at `/graphql`. */
export async function serveGraph({ app, contextOf }: HttpApp, options: GraphListenerOptions): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: options.bodyBytes, perMessageDeflate: false, handleProtocols },
    errorHandler: (error, socket, request) => {
      request.log.debug({ err: error }, 'A WebSocket connection broke');
      socket.terminate();
    },
    preClose(done) {
      for (const socket of app.websocketServer.clients) socket.close(GOING_AWAY, 'The server stops');
      app.websocketServer.close();
      done();
    },
  });

  await app.register(async (scope) => {
    readJsonStrictly(scope);
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', request.id);
      reply.header('cache-control', 'no-store');
    });
    graphRoutes(scope, contextOf, options);
  });
}

function graphRoutes(
  scope: FastifyInstance,
  contextOf: (request: FastifyRequest) => CallerContext,
  { graph, guard, apollo, lifetimes, insecure, webSocket = {} }: GraphListenerOptions,
): void {
  const http = graphqlHttp({ apollo, guard, contextOf });
  const wsHandler = graphqlWebSocket({
    graph,
    guard,
    lifetimes,
    insecure,
    settings: webSocket,
    contextOf: (request, signal) => ({ ...contextOf(request), signal }),
  });
  scope.route({ method: 'GET', url: '/graphql', ...http, wsHandler });
  scope.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'], url: '/graphql', ...http });
}
