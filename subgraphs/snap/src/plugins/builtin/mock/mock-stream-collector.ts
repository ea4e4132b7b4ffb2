import { type Clock, sleep } from '@pentagraph/kit';
import type { ConfigPolicy } from '../../../config/config-policy.ts';
import type { MetricData, MetricSample } from '../../../metrics/metric.ts';
import { staticNamespace } from '../../../metrics/namespace.ts';
import type { MetricRequest, StreamLimits } from '../../runtime/plugin-runtime.ts';
import { type BuiltinDependencies, type BuiltinPlugin, singleInstance } from '../builtin-plugin.ts';
import { float, int, sampler, string } from '../sample.ts';

const answers = ['Yes definitely', 'Most likely', 'Ask again later', 'My reply is no', 'Very doubtful'] as const;

interface StreamedMetric {
  readonly name: string;
  readonly description: string;
  measure(random: () => number): MetricData;
}

const streamed: readonly StreamedMetric[] = [
  {
    name: 'integer',
    description: 'a random integer below 2^31',
    measure: (random) => int(Math.floor(random() * 2 ** 31)),
  },
  { name: 'float', description: 'a random number below 1', measure: (random) => float(random()) },
  {
    name: 'string',
    description: 'one of five answers',
    measure: (random) => string(answers[Math.floor(random() * answers.length)] ?? answers[0]),
  },
];

const byName = new Map(streamed.map((metric) => [metric.name, metric]));

const policy: ConfigPolicy = [
  {
    namespace: ['intel', 'mockstream'],
    rules: [{ name: 'interval', type: 'integer', required: false, default: 1000n, minimum: 10 }],
  },
];

/** The collection time of the plugin library when the task gives none. */
const DEFAULT_COLLECT_NANOS = 5_000_000_000n;
/** However large a buffer a task asks for: more is not held in memory. */
const MAX_BUFFERED = 10_000;

/**
 * Measures made-up values by itself, every `interval` milliseconds of its configuration (default 1000), and sends them at
 * once or, when the task sets a buffer, gathered (dossier 4.13, streaming).
 */
export const mockStreamCollector = ({ clock, random }: BuiltinDependencies): BuiltinPlugin => ({
  meta: { ...singleInstance, type: 'streaming-collector', name: 'mock-stream', version: 1 },
  policy,
  metrics: () =>
    streamed.map(({ name, description }) => ({
      namespace: staticNamespace('intel', 'mockstream', name),
      version: 0,
      description,
      unit: '',
    })),
  start: () => ({
    stream: (requests, limits, signal) => batches(clock, random, requests, limits, signal),
  }),
});

async function* batches(
  clock: Clock,
  random: () => number,
  requests: readonly MetricRequest[],
  limits: StreamLimits,
  signal: AbortSignal,
): AsyncGenerator<readonly MetricSample[]> {
  const intervalMs = Math.min(...requests.map(({ config }) => Number(config.interval ?? 1000n)));
  const nanos = limits.maxCollectDurationNanos > 0n ? limits.maxCollectDurationNanos : DEFAULT_COLLECT_NANOS;
  const collectMs = Number(nanos / 1_000_000n);
  const bufferSize = Math.min(Number(limits.maxMetricsBuffer), MAX_BUFFERED);
  let gathered: MetricSample[] = [];
  let sentAtMs = clock.now();
  while (!signal.aborted) {
    await sleep(clock, intervalMs, signal);
    gathered.push(...measure(clock, random, requests));
    if (gathered.length < bufferSize && clock.now() - sentAtMs < collectMs) continue;
    yield gathered;
    gathered = [];
    sentAtMs = clock.now();
  }
}

function measure(clock: Clock, random: () => number, requests: readonly MetricRequest[]): readonly MetricSample[] {
  const sample = sampler(clock);
  return requests.flatMap((request) => {
    const metric = byName.get(request.namespace.at(-1)?.value ?? '');
    return metric ? [sample(request, metric.measure(random))] : [];
  });
}
