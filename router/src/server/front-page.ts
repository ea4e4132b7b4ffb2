import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { playgroundPage, playgroundPolicy } from '../playground/playground-page.ts';
import type { ApiMount } from './api-mount.ts';

interface FrontPageOptions {
  readonly mounts: readonly ApiMount[];
  /** Whether browsers get GraphiQL. */
  readonly playground: boolean;
}

/** `/`: the playground for browsers, what is served where for everybody else. */
export function frontPage(app: FastifyInstance, { mounts, playground }: FrontPageOptions): void {
  const index = {
    graphql: '/graphql',
    subscriptions: '/graphql (WebSocket, protocol graphql-transport-ws)',
    health: ['/healthz', '/readyz'],
    metrics: '/metrics',
    apis: Object.fromEntries(mounts.map(({ name, summary }) => [name, summary])),
  };
  app.get('/', async (request, reply) =>
    playground && wantsHtml(request) ? sendPlayground(request, reply) : reply.header('vary', 'accept').send(index),
  );
}

const wantsHtml = ({ headers: { accept = '' } }: FastifyRequest): boolean => accept.includes('text/html');

async function sendPlayground(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const page = await playgroundPage();
  reply.headers({
    vary: 'accept, accept-encoding',
    etag: page.etag,
    'cache-control': 'no-cache',
    'content-security-policy': playgroundPolicy,
    'x-content-type-options': 'nosniff',
  });
  if (request.headers['if-none-match'] === page.etag) return reply.code(304).send();
  reply.type('text/html; charset=utf-8');
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  return takesGzip ? reply.header('content-encoding', 'gzip').send(page.gzipped) : reply.send(await page.plain());
}
