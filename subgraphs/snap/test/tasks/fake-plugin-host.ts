import type { MetricSample } from '../../src/metrics/metric.ts';
import type { LoadedPlugin, PluginKey, PluginReference, PluginType } from '../../src/plugins/plugin.ts';
import { pluginId } from '../../src/plugins/plugin.ts';
import type {
  CollectGroup,
  PluginHost,
  RequestedMetric,
  ResolvedMetrics,
  ResolvedNode,
} from '../../src/plugins/plugin-host.ts';
import type { StreamLimits } from '../../src/plugins/runtime/plugin-runtime.ts';

/** A plugin world in which tests say what plugins do; every call is written down. */
export class FakePluginHost implements PluginHost {
  revision = 1;
  readonly calls: string[] = [];
  readonly subscriptions = new Map<string, readonly string[]>();
  /** The collector of all metrics. */
  collector = pluginKey('collector', 'mock', 1);
  readonly missing = new Set<string>();
  onSubscribe = async (): Promise<void> => {};
  onCollect = async (_signal: AbortSignal): Promise<readonly MetricSample[]> => [];
  onProcess = async (_name: string): Promise<void> => {};
  onPublish = async (_name: string): Promise<void> => {};
  onStream = (_limits: StreamLimits, _signal: AbortSignal): AsyncIterable<readonly MetricSample[]> => nothing();

  resolveMetrics(requested: readonly RequestedMetric[]): ResolvedMetrics {
    const errors = requested
      .filter(({ namespace }) => this.missing.has(namespace))
      .map(({ namespace, version }) => `Metric not found: ${namespace} (version: ${version})`);
    return { groups: [{ plugin: loaded(this.collector), requests: [] }], errors };
  }

  resolveNode({ type, name, version }: PluginReference): ResolvedNode {
    if (this.missing.has(name)) {
      throw new Error(`Plugin not found: type(${type}) name(${name}) version(${version < 1 ? -1 : version})`);
    }
    return { plugin: loaded(pluginKey(type, name, Math.max(1, version))), config: {} };
  }

  async subscribe(taskId: string, plugins: readonly PluginKey[]): Promise<void> {
    await this.onSubscribe();
    this.subscriptions.set(taskId, plugins.map(pluginId));
  }

  async unsubscribe(taskId: string): Promise<void> {
    this.subscriptions.delete(taskId);
  }

  async collect(_taskId: string, { plugin }: CollectGroup, signal: AbortSignal): Promise<readonly MetricSample[]> {
    this.calls.push(`collect ${plugin.meta.name}`);
    return this.onCollect(signal);
  }

  async process(
    _taskId: string,
    { plugin }: ResolvedNode,
    samples: readonly MetricSample[],
  ): Promise<readonly MetricSample[]> {
    this.calls.push(`process ${plugin.meta.name}`);
    await this.onProcess(plugin.meta.name);
    return samples;
  }

  async publish(_taskId: string, { plugin }: ResolvedNode): Promise<void> {
    this.calls.push(`publish ${plugin.meta.name}`);
    if (this.missing.has(plugin.meta.name)) throw new Error('plugin pool not found');
    await this.onPublish(plugin.meta.name);
  }

  stream({ plugin }: CollectGroup, limits: StreamLimits, signal: AbortSignal): AsyncIterable<readonly MetricSample[]> {
    this.calls.push(`stream ${plugin.meta.name} ${plugin.meta.version}`);
    return this.onStream(limits, signal);
  }

  /** A plugin or a metric goes. */
  lose(name: string): void {
    this.missing.add(name);
    this.revision++;
  }

  /** It comes back. */
  regain(name: string): void {
    this.missing.delete(name);
    this.revision++;
  }
}

export const pluginKey = (type: PluginType, name: string, version: number): PluginKey => ({ type, name, version });

const loaded = (key: PluginKey): LoadedPlugin => ({
  meta: { ...key, concurrencyCount: 1, exclusive: false, routing: 'least-recently-used', cacheTtlMs: 0 },
  source: 'builtin',
  signed: false,
  loadedAtMs: 0,
  policy: [],
});

async function* nothing(): AsyncGenerator<readonly MetricSample[]> {}
