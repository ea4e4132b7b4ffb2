import type { Clock, Logger } from '@pentagraph/kit';
import type { ConfigPolicy } from '../../config/config-policy.ts';
import type { ConfigValues, MetricSample } from '../../metrics/metric.ts';
import type { PluginMeta } from '../plugin.ts';
import type { AdvertisedMetric, MetricRequest, StreamLimits } from '../runtime/plugin-runtime.ts';

/** What an instance of a built-in plugin does; which of it exists follows from its type. */
export interface BuiltinBehaviour {
  collect?(requests: readonly MetricRequest[], signal: AbortSignal): Promise<readonly MetricSample[]>;
  process?(samples: readonly MetricSample[], config: ConfigValues): Promise<readonly MetricSample[]>;
  publish?(samples: readonly MetricSample[], config: ConfigValues): Promise<void>;
  stream?(
    requests: readonly MetricRequest[],
    limits: StreamLimits,
    signal: AbortSignal,
  ): AsyncIterable<readonly MetricSample[]>;
}

/** A plugin that is part of Pentagraph. */
export interface BuiltinPlugin {
  readonly meta: PluginMeta;
  readonly policy: ConfigPolicy;
  /** What a collector advertises under its stored configuration. @throws Error when it refuses to be loaded */
  metrics(config: ConfigValues): readonly AdvertisedMetric[];
  /** Begins the life of an instance. */
  start(): BuiltinBehaviour;
}

/** What built-in plugins need of the process. */
export interface BuiltinDependencies {
  readonly clock: Clock;
  /** A number in [0, 1): measurements that are made up. */
  readonly random: () => number;
  readonly logger: Logger;
}

/** Ends the instance that throws it, as a process that died would: all its further calls and health checks fail. */
export class PluginCrash extends Error {
  override readonly name = 'PluginCrash';
}

/** The usual plugin: any number of instances, one subscription each, no wish to be cached longer than the host does. */
export const defaultMeta = {
  concurrencyCount: 1,
  exclusive: false,
  routing: 'least-recently-used',
  cacheTtlMs: 0,
} as const;

/** One instance serves everybody: for plugins that gain nothing by a second one. */
export const singleInstance = { ...defaultMeta, exclusive: true } as const;

/** For plugins that collect nothing. */
export const noMetrics = (): readonly AdvertisedMetric[] => [];
