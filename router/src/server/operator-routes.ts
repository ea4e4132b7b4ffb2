import type { SubgraphHealth } from '@pentagraph/kit';
import type { FastifyInstance } from 'fastify';
import type { RunningGraph } from '../graph/running-graph.ts';
import type { Metrics } from './metrics.ts';

interface OperatorRoutesOptions {
  readonly graph: RunningGraph;
  readonly metrics: Metrics;
  /** Aborts when the server begins to stop. */
  readonly draining: AbortSignal;
}

/** What `/readyz` answers. */
interface Readiness {
  readonly state: 'ready' | 'not ready' | 'draining';
  readonly subgraphs: Readonly<Record<string, SubgraphHealth>>;
}

/** Whether every subgraph serves, and what each says of itself. */
async function readiness(graph: RunningGraph, draining: AbortSignal): Promise<Readiness> {
  const subgraphs = await graph.health();
  const allServe = Object.values(subgraphs).every(({ state }) => state === 'serving');
  return { state: draining.aborted ? 'draining' : allServe ? 'ready' : 'not ready', subgraphs };
}

/** `/healthz` (is the process alive), `/readyz` (may it get traffic), `/metrics` (what does it do). */
export function operatorRoutes(app: FastifyInstance, { graph, metrics, draining }: OperatorRoutesOptions): void {
  const method = ['GET', 'HEAD'];
  app.route({ method, url: '/healthz', handler: async () => ({ state: 'alive' }) });

  app.route({
    method,
    url: '/readyz',
    handler: async (_request, reply) => {
      const answer = await readiness(graph, draining);
      return reply.code(answer.state === 'ready' ? 200 : 503).send(answer);
    },
  });

  app.route({
    method,
    url: '/metrics',
    handler: async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  });
}
