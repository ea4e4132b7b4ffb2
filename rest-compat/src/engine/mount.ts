import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import type { ApiMount, ApiMountOptions } from '@pentagraph/router';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer } from './answer.ts';
import { requestBody } from './api-request.ts';
import type { ApiTable } from './api-table.ts';
import { type Decision, Dispatcher } from './dispatcher.ts';
import { engineCodes, type Failure, RequestRefused } from './failure.ts';
import { openApiOf } from './openapi.ts';
import { readBody } from './read-body.ts';
import type { Exchange, Route } from './route.ts';
import { removeLeftovers } from './staging.ts';

/**
 * An API made of its table. It answers as a hook in front of a listener's routes, so that several APIs can share the
 * listener: the first whose table knows a path answers, and what none knows stays the listener's own.
 */
export function apiMount(table: ApiTable): ApiMount {
  return {
    name: table.name,
    summary: table.summary,
    async register(app, given) {
      const options = { ...given, stagingDir: join(given.stagingDir, table.name) };
      await removeLeftovers(options.stagingDir);
      // Every open stream listens, and there may be thousands.
      setMaxListeners(0, options.draining);
      const dispatcher = new Dispatcher(table, options);
      if (!options.exclusive) {
        const document = openApiOf(table);
        app.get(`/openapi/${table.name}.json`, async () => document);
      }
      app.addHook('onRequest', async (request, reply) => {
        const decision = dispatcher.decide(request.raw, request.originalUrl);
        if (decision.kind !== 'pass') await answer(decision, request, reply, options);
      });
    },
  };
}

async function answer(
  decision: Exclude<Decision, { readonly kind: 'pass' }>,
  request: FastifyRequest,
  reply: FastifyReply,
  options: ApiMountOptions,
): Promise<void> {
  reply.hijack();
  if (decision.kind === 'answer') sendAnswer(reply.raw, decision.answer);
  else {
    options.nameRoute(request, decision.route.path);
    await serve(decision.route, decision.request, request, reply, options);
  }
}

async function serve(
  route: Route,
  apiRequest: Exchange['request'],
  { raw: incoming }: FastifyRequest,
  { raw: response, request }: FastifyReply,
  options: ApiMountOptions,
): Promise<void> {
  const context = options.contextOf(request);
  try {
    const body =
      route.bodyLimit === undefined ? apiRequest.body : requestBody(await readBody(incoming, route.bodyLimit));
    await route.serve({ request: { ...apiRequest, body }, incoming, response, context, options });
  } catch (error) {
    if (response.destroyed) return;
    const failure = failureOf(error, context.requestId);
    if (failure.code === engineCodes.internal) {
      context.logger.error({ err: error, requestId: context.requestId, url: incoming.url }, 'request failed');
    }
    if (response.headersSent) response.destroy();
    else sendAnswer(response, route.failed(failure, apiRequest));
  } finally {
    // What nobody reads would stand before the next request of the connection.
    incoming.resume();
  }
}

const failureOf = (error: unknown, requestId: string): Failure =>
  error instanceof RequestRefused
    ? error.failure
    : {
        status: 500,
        code: engineCodes.internal,
        message: `Internal error, see the log of request ${requestId}`,
        details: {},
      };
