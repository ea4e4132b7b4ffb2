import type { ConfigValues, MetricSample, TagsByPrefix } from '../metrics/metric.ts';
import type { LoadedPlugin, PluginKey, PluginReference } from './plugin.ts';
import type { MetricRequest, StreamLimits } from './runtime/plugin-runtime.ts';

/** A metric as a task asks for it: its namespace may hold `*`, tuples and a final `*` (dossier 4.7, task metrics). */
export interface RequestedMetric {
  readonly namespace: string;
  /** Below 1: the newest of each matched namespace. */
  readonly version: number;
}

/** What a task needs to know of configuration and tags to resolve its metrics. */
export interface CollectSettings {
  /** By namespace prefix, always split at `/`; deeper prefixes win. */
  readonly config: Readonly<Record<string, ConfigValues>>;
  readonly tags: TagsByPrefix;
}

/** The requests of one firing for one collector plugin. */
export interface CollectGroup {
  readonly plugin: LoadedPlugin;
  readonly requests: readonly MetricRequest[];
}

/** What a task's metrics stand for at this moment. */
export interface ResolvedMetrics {
  readonly groups: readonly CollectGroup[];
  /** One message per request that can't be served: metric not found, config missing or wrong. */
  readonly errors: readonly string[];
}

/** A processor or publisher node with the configuration in effect for it. */
export interface ResolvedNode {
  readonly plugin: LoadedPlugin;
  readonly config: ConfigValues;
}

/**
 * What tasks see of the plugin world. Resolution is cheap and is done again after every load and unload ({@link revision});
 * plugins run only between {@link subscribe} and {@link unsubscribe}.
 */
export interface PluginHost {
  /** Counts up whenever what a resolution answers may have changed: load, unload, stored configuration. */
  readonly revision: number;
  /** Finds the metrics of a workflow and the configuration of each. Never throws for a bad request: see `errors`. */
  resolveMetrics(requested: readonly RequestedMetric[], settings: CollectSettings): ResolvedMetrics;
  /** @throws Error `Plugin not found: type(publisher) name(x) version(-1)`, or the config error's text (dossier 3.5). */
  resolveNode(reference: PluginReference, config: ConfigValues): ResolvedNode;
  /**
   * Makes these the plugins a task uses: starts instances as the pools' rules say, and gives up those it used before and
   * doesn't need now. On failure the task's subscriptions stay what they were.
   */
  subscribe(taskId: string, plugins: readonly PluginKey[], signal: AbortSignal): Promise<void>;
  /** Gives up all the task's subscriptions and ends instances nobody needs. */
  unsubscribe(taskId: string): Promise<void>;
  collect(taskId: string, group: CollectGroup, signal: AbortSignal): Promise<readonly MetricSample[]>;
  process(
    taskId: string,
    node: ResolvedNode,
    samples: readonly MetricSample[],
    signal: AbortSignal,
  ): Promise<readonly MetricSample[]>;
  publish(taskId: string, node: ResolvedNode, samples: readonly MetricSample[], signal: AbortSignal): Promise<void>;
  stream(group: CollectGroup, limits: StreamLimits, signal: AbortSignal): AsyncIterable<readonly MetricSample[]>;
}

/** What the plugin world asks of tasks: who would lose a metric if a collector went away (dossier 4.4). */
export interface TaskUsage {
  /** Ids of started tasks that collect from this plugin, with the requests they resolve. */
  startedTasks(): readonly { readonly id: string; readonly requested: readonly RequestedMetric[] }[];
}
