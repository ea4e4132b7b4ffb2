import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Logger } from '@pentagraph/kit';
import type { FastifyRequest } from 'fastify';
import type { CallerContext } from '../graph/transport.ts';
import { viewerOf } from './viewer-of.ts';

/** A request id that is fit for logs and headers. */
const saneRequestId = /^[\w.:/+=@-]{1,128}$/;

/** The caller's `x-request-id` where it is sane, otherwise a new UUID. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && saneRequestId.test(given) ? given : randomUUID();
}

interface ContextParts {
  readonly insecure: boolean;
  readonly signal: AbortSignal;
}

/** The context of a request's operations. */
export function contextOf(request: FastifyRequest, { insecure, signal }: ContextParts): CallerContext {
  return {
    viewer: viewerOf(request, { insecure }),
    requestId: request.id,
    logger: request.log as Logger,
    signal,
    authorization: request.headers.authorization,
  };
}
