import type { FastifyReply, FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RunningGraph } from '../graph/running-graph.ts';

interface MetricsSources {
  readonly graph: RunningGraph;
  /** How many WebSocket connections are open. */
  webSocketConnections(): number;
}

/** Upper bounds in seconds: from what one process answers at once to what people call broken. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The numbers on `/metrics`, in the text format of Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #stopObserving: () => void;
  readonly #sources: MetricsSources;
  readonly #requests = new Counter({
    name: 'pentagraph_http_requests_total',
    help: 'HTTP requests answered.',
    labelNames: ['route', 'method', 'status'],
    registers: [this.#registry],
  });
  readonly #requestSeconds = new Histogram({
    name: 'pentagraph_http_request_duration_seconds',
    help: 'Time from the first byte of an HTTP request to the last of its answer, seconds.',
    labelNames: ['route', 'method'],
    buckets: latencyBuckets,
    registers: [this.#registry],
  });
  readonly #operations = new Counter({
    name: 'pentagraph_graph_operations_total',
    help: 'Operations of the graph by type and outcome: ok, error (some field failed), refused (never ran).',
    labelNames: ['type', 'outcome'],
    registers: [this.#registry],
  });
  readonly #operationSeconds = new Histogram({
    name: 'pentagraph_graph_operation_duration_seconds',
    help: 'Time from an operation to its answer, for subscriptions to their beginning, seconds.',
    labelNames: ['type'],
    buckets: latencyBuckets,
    registers: [this.#registry],
  });

  constructor(sources: MetricsSources) {
    this.#sources = sources;
    collectDefaultMetrics({ register: this.#registry });
    this.#stopObserving = sources.graph.observe(({ type, outcome, seconds }) => {
      this.#operations.inc({ type, outcome });
      this.#operationSeconds.observe({ type }, seconds);
    });
    for (const { name, help, read } of graphGauges) {
      new Gauge({
        name: `pentagraph_${name}`,
        help,
        registers: [this.#registry],
        collect() {
          this.set(read(sources));
        },
      });
    }
    for (const { name, help, read } of graphCounters) {
      new Counter({
        name: `pentagraph_${name}_total`,
        help,
        registers: [this.#registry],
        collect() {
          this.reset();
          this.inc(read(sources));
        },
      });
    }
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Counts an answered request under the pattern of its route, so that ids in URLs do not become labels. */
  count({ method }: FastifyRequest, reply: FastifyReply, route = 'none'): void {
    this.#requests.inc({ route, method, status: reply.statusCode });
    this.#requestSeconds.observe({ route, method }, reply.elapsedTime / 1000);
  }

  async text(): Promise<string> {
    return (await this.#registry.metrics()) + this.#domainGauges();
  }

  close(): void {
    this.#stopObserving();
    this.#registry.clear();
  }

  /** Domains bring numbers with labels of their own at each reading, so they are written without being registered. */
  #domainGauges(): string {
    return this.#sources.graph
      .gauges()
      .map(({ type = 'gauge', name, help, values }) => {
        const lines = values.map(({ labels = {}, value }) => `pentagraph_${name}${labelText(labels)} ${value}`);
        return [`\n# HELP pentagraph_${name} ${help}`, `# TYPE pentagraph_${name} ${type}`, ...lines, ''].join('\n');
      })
      .join('');
  }
}

/** A number that is read when somebody asks for it. */
interface GraphNumber {
  readonly name: string;
  readonly help: string;
  readonly read: (sources: MetricsSources) => number;
}

const graphCounters: readonly GraphNumber[] = [
  {
    name: 'plan_cache_hits',
    help: 'Operations whose plan was known.',
    read: ({ graph }) => graph.stats().planCache.hits,
  },
  {
    name: 'plan_cache_misses',
    help: 'Operations that had to be planned.',
    read: ({ graph }) => graph.stats().planCache.misses,
  },
];

const graphGauges: readonly GraphNumber[] = [
  { name: 'plan_cache_size', help: 'Plans kept.', read: ({ graph }) => graph.stats().planCache.size },
  {
    name: 'active_subscriptions',
    help: 'Subscriptions that run, each reader counted.',
    read: ({ graph }) => graph.stats().activeSubscriptions,
  },
  {
    name: 'shared_upstreams',
    help: 'Upstreams that subscriptions with equal results share.',
    read: ({ graph }) => graph.stats().sharedUpstreams,
  },
  {
    name: 'websocket_connections',
    help: 'Open WebSocket connections.',
    read: (sources) => sources.webSocketConnections(),
  },
];

const labelText = (labels: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, escapeLabel)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

const escapeLabel = (character: string): string => (character === '\n' ? '\\n' : `\\${character}`);
