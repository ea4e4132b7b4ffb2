import type { MetricSample } from '../../../src/metrics/metric.ts';
import type { PluginMeta } from '../../../src/plugins/plugin.ts';
import type { MetricRequest, PluginInstance } from '../../../src/plugins/runtime/plugin-runtime.ts';
import { namespace } from '../../metrics/catalog-fixture.ts';

/** A request for `/a/b`-like metrics. */
export const request = (text: string, config: MetricRequest['config'] = {}): MetricRequest => ({
  namespace: namespace(...text.slice(1).split('/')),
  version: 1,
  config,
  tags: null,
  unit: '',
  description: '',
  lastAdvertisedMs: 0,
});

/** A sample that answers a request; its value says when it was collected. */
export const sampleOf = (of: MetricRequest, value: bigint, at = of.namespace): MetricSample => ({
  namespace: at,
  version: of.version,
  data: { kind: 'int', value },
  timestamp: { unixNanos: value, offsetMinutes: 0 },
  tags: null,
  unit: '',
  description: '',
  lastAdvertisedMs: 0,
  config: of.config,
});

/** An instance that counts its calls and does what a test tells it to. */
export class FakeInstance implements PluginInstance {
  readonly meta: PluginMeta;
  readonly pprofPort = '';
  readonly collections: (readonly MetricRequest[])[] = [];
  pings = 0;
  killedBecause: string | undefined;
  /** What a collection answers, given how many there were before. */
  onCollect: (requests: readonly MetricRequest[]) => Promise<readonly MetricSample[]> = async (requests) =>
    requests.map((one) => sampleOf(one, BigInt(this.collections.length)));
  onPing: () => Promise<void> = async () => {};
  batches: readonly (readonly MetricSample[])[] = [];

  constructor(meta: PluginMeta) {
    this.meta = meta;
  }

  ping(): Promise<void> {
    this.pings += 1;
    return this.onPing();
  }

  collect(requests: readonly MetricRequest[]): Promise<readonly MetricSample[]> {
    this.collections.push(requests);
    return this.onCollect(requests);
  }

  async process(samples: readonly MetricSample[]): Promise<readonly MetricSample[]> {
    return samples;
  }

  async publish(): Promise<void> {}

  async *stream(): AsyncGenerator<readonly MetricSample[]> {
    yield* this.batches;
  }

  async kill(reason: string): Promise<void> {
    this.killedBecause = reason;
  }
}
