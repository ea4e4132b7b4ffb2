import type { Clock, Logger } from '@pentagraph/kit';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { CallerContext } from '../graph/transport.ts';
import { watchBody } from './body-watch.ts';
import type { Metrics } from './metrics.ts';
import { wellEncoded } from './path-encoding.ts';
import { answerError, answerMalformed } from './refusals.ts';
import { contextOf, requestIdOf } from './request-context.ts';
import type { RequestLifetimes } from './request-lifetimes.ts';

interface HttpAppOptions {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly lifetimes: RequestLifetimes;
  readonly metrics: Metrics;
  readonly insecure: boolean;
  readonly bodyBytes: number;
  /** Aborts when the server begins to stop. */
  readonly draining: AbortSignal;
}

/** An HTTP server without routes: request ids, contexts, metrics, and answers to what is no request. */
export interface HttpApp {
  readonly app: FastifyInstance;
  contextOf(request: FastifyRequest): CallerContext;
  /** Names the route that answers a request which Fastify's own routes don't. */
  nameRoute(request: FastifyRequest, pattern: string): void;
}

/** What Fastify has to say when all is well, is in the banner. */
const withoutFastifysNews = (logger: Logger): Logger =>
  logger.isLevelEnabled('info') ? logger.child({}, { level: 'warn' }) : logger;

/** Names in metric catalogs are long; Node.js bounds the request line anyway. */
const MAX_PARAM_LENGTH = 8192;

export function httpApp({ logger, clock, lifetimes, metrics, insecure, bodyBytes, draining }: HttpAppOptions): HttpApp {
  const app = Fastify({
    loggerInstance: withoutFastifysNews(logger),
    childLoggerFactory: (_fastifys, bindings, childOptions) =>
      logger.child(bindings, childOptions) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    rewriteUrl: ({ url = '/' }) => wellEncoded(url),
    bodyLimit: bodyBytes,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    clientErrorHandler: answerMalformed,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  }) as unknown as FastifyInstance;

  const signals = new WeakMap<FastifyRequest, AbortSignal>();
  const routes = new WeakMap<FastifyRequest, string>();
  app.addHook('onRequest', (request, reply, next) => {
    signals.set(request, lifetimes.ofResponse(reply.raw));
    watchBody(request.raw, reply.raw, clock);
    next();
  });
  app.addHook('onResponse', (request, reply, next) => {
    metrics.count(request, reply, routes.get(request) ?? request.routeOptions.url);
    // A connection that is kept alive would keep a server that stops from closing.
    if (draining.aborted) setImmediate(() => app.server.closeIdleConnections());
    next();
  });

  return {
    app,
    contextOf: (request) => contextOf(request, { insecure, signal: signals.get(request) ?? request.signal }),
    nameRoute: (request, pattern) => void routes.set(request, pattern),
  };
}
