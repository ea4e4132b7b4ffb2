import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Logger } from '@pentagraph/kit';
import type { FastifyRequest } from 'fastify';
import type { CallerContext } from '../graph/transport.ts';
import { viewerOf } from './viewer-of.ts';

/** Whether a caller's request id is fit for logs and headers. */
export const isRequestId = (given: unknown): given is string =>
  typeof given === 'string' && /^[\w.:/+=@-]{1,128}$/.test(given);

/** The caller's `x-request-id` where it is fit, otherwise a new UUID. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return isRequestId(given) ? given : randomUUID();
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
