import type { ConfigPolicy } from '../../config/config-policy.ts';
import type { ConfigValues, MetricSample, Namespace, Tags } from '../../metrics/metric.ts';
import type { LoadedPlugin, PluginMeta } from '../plugin.ts';

/** A metric type that a collector advertises when it is loaded. */
export interface AdvertisedMetric {
  readonly namespace: Namespace;
  /** Below 1: the plugin's own version counts. */
  readonly version: number;
  readonly description: string;
  readonly unit: string;
}

/** Everything the host learns of a plugin by loading it (dossier 4.5, load sequence). */
export interface PluginDescription {
  readonly meta: PluginMeta;
  readonly policy: ConfigPolicy;
  /** Empty for processors and publishers. */
  readonly metrics: readonly AdvertisedMetric[];
}

/** One metric a collector is asked for, with the configuration in effect for it. */
export interface MetricRequest {
  readonly namespace: Namespace;
  readonly version: number;
  readonly config: ConfigValues;
  readonly tags: Tags | null;
  readonly unit: string;
  readonly description: string;
  readonly lastAdvertisedMs: number;
}

/** Limits of one streaming collection; 0 leaves the choice to the plugin. */
export interface StreamLimits {
  readonly taskId: string;
  readonly maxCollectDurationNanos: bigint;
  readonly maxMetricsBuffer: bigint;
}

/**
 * A running plugin, whatever it runs as: code of ours, or a process behind one of the wire protocols.
 * Every call rejects with an Error whose message is the text the task shows as its last failure.
 */
export interface PluginInstance {
  readonly meta: PluginMeta;
  /** Port of the plugin's own profiler, empty when it has none. */
  readonly pprofPort: string;
  ping(signal: AbortSignal): Promise<void>;
  collect(requests: readonly MetricRequest[], signal: AbortSignal): Promise<readonly MetricSample[]>;
  process(
    samples: readonly MetricSample[],
    config: ConfigValues,
    signal: AbortSignal,
  ): Promise<readonly MetricSample[]>;
  publish(samples: readonly MetricSample[], config: ConfigValues, signal: AbortSignal): Promise<void>;
  /** Collections that arrive by themselves, until the signal aborts or the stream breaks. */
  stream(
    requests: readonly MetricRequest[],
    limits: StreamLimits,
    signal: AbortSignal,
  ): AsyncIterable<readonly MetricSample[]>;
  /** Ends the instance; `reason` goes to the plugin's log. */
  kill(reason: string): Promise<void>;
}

/** A way to bring plugins to life: the built-in ones, later processes and stand-alone servers. */
export interface PluginRuntime {
  /** Which plugins it can start. */
  readonly source: LoadedPlugin['source'];
  /** Starts the plugin once to learn what it is, and ends it again. @throws DomainError SNAP_PLUGIN_LOAD_FAILED */
  describe(location: string, config: ConfigValues, signal: AbortSignal): Promise<PluginDescription>;
  /** Starts an instance that serves tasks. */
  start(plugin: LoadedPlugin, location: string, signal: AbortSignal): Promise<PluginInstance>;
}
