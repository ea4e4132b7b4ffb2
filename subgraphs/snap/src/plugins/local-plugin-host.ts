import { configValuesToJson } from '../config/config-values.ts';
import type { ConfigValues, MetricSample } from '../metrics/metric.ts';
import type { PluginKey, PluginReference } from './plugin.ts';
import type {
  CollectGroup,
  CollectSettings,
  PluginHost,
  RequestedMetric,
  ResolvedMetrics,
  ResolvedNode,
} from './plugin-host.ts';
import type { PluginRegistry } from './plugin-registry.ts';
import { samplesByRequest } from './pool/metric-cache.ts';
import type { PluginPools } from './pool/plugin-pools.ts';
import type { Caller } from './pool/routing.ts';
import type { MetricRequest, StreamLimits } from './runtime/plugin-runtime.ts';
import type { WorkflowResolver } from './workflow-resolver.ts';

interface Parts {
  readonly registry: PluginRegistry;
  readonly resolver: WorkflowResolver;
  readonly pools: PluginPools;
}

/** The plugins of this process, as tasks use them. */
export class LocalPluginHost implements PluginHost {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get revision(): number {
    return this.#parts.registry.revision;
  }

  resolveMetrics(requested: readonly RequestedMetric[], settings: CollectSettings): ResolvedMetrics {
    return this.#parts.resolver.metrics(requested, settings);
  }

  resolveNode(reference: PluginReference, config: ConfigValues): ResolvedNode {
    return this.#parts.resolver.node(reference, config);
  }

  subscribe(taskId: string, plugins: readonly PluginKey[], signal: AbortSignal): Promise<void> {
    return this.#parts.pools.subscribe(taskId, plugins, signal);
  }

  unsubscribe(taskId: string): Promise<void> {
    return this.#parts.pools.unsubscribe(taskId);
  }

  async collect(
    taskId: string,
    { plugin, requests }: CollectGroup,
    signal: AbortSignal,
  ): Promise<readonly MetricSample[]> {
    const collected = await this.#parts.pools.pool(plugin.meta).collect(taskId, requests, signal);
    return collected.flatMap(({ request, samples }) => samples.map((sample) => tagged(sample, request)));
  }

  async process(
    taskId: string,
    { plugin, config }: ResolvedNode,
    samples: readonly MetricSample[],
    signal: AbortSignal,
  ): Promise<readonly MetricSample[]> {
    return this.#parts.pools
      .pool(plugin.meta)
      .call(nodeCaller(taskId, config), signal, (instance, during) => instance.process(samples, config, during));
  }

  async publish(
    taskId: string,
    { plugin, config }: ResolvedNode,
    samples: readonly MetricSample[],
    signal: AbortSignal,
  ): Promise<void> {
    await this.#parts.pools
      .pool(plugin.meta)
      .call(nodeCaller(taskId, config), signal, (instance, during) => instance.publish(samples, config, during));
  }

  async *stream(
    { plugin, requests }: CollectGroup,
    limits: StreamLimits,
    signal: AbortSignal,
  ): AsyncGenerator<readonly MetricSample[]> {
    for await (const batch of this.#parts.pools.pool(plugin.meta).stream(requests, limits, signal)) {
      if (batch.length === 0) continue;
      yield samplesByRequest(requests, batch).flatMap(({ request, samples }) =>
        samples.map((sample) => tagged(sample, request)),
      );
    }
  }
}

/** The sample with the host's, the operator's and the workflow's tags over what its plugin set (dossier 4.9). */
const tagged = (sample: MetricSample, { tags }: MetricRequest): MetricSample => ({
  ...sample,
  tags: sample.tags === null ? tags : { ...sample.tags, ...tags },
});

const nodeCaller = (taskId: string, config: ConfigValues): Caller => ({
  taskId,
  configKey: () => configValuesToJson(config),
});
