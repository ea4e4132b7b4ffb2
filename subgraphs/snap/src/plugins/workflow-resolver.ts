import type { PluginConfigStore } from '../config/plugin-config-store.ts';
import { applyRules, rootRules } from '../config/policy-rules.ts';
import type { ConfigValues, Namespace, Tags, TagsByPrefix } from '../metrics/metric.ts';
import type { CatalogMetric, MetricCatalog } from '../metrics/metric-catalog.ts';
import { isPrefixOf } from '../metrics/namespace.ts';
import { type LoadedPlugin, type PluginReference, pluginId } from './plugin.ts';
import type { CollectSettings, RequestedMetric, ResolvedMetrics, ResolvedNode } from './plugin-host.ts';
import type { PluginRegistry } from './plugin-registry.ts';
import type { MetricRequest } from './runtime/plugin-runtime.ts';

interface Sources {
  readonly registry: PluginRegistry;
  readonly catalog: MetricCatalog;
  readonly config: PluginConfigStore;
  /** For every metric, under the tags of the workflow. */
  readonly globalTags: TagsByPrefix;
  /** This machine's name, the value of the tag `plugin_running_on`. */
  readonly hostName: string;
}

/** Finds out what a workflow stands for at this moment: its metrics, plugins, configuration and tags (dossier 4.7 - 4.9). */
export class WorkflowResolver {
  readonly #sources: Sources;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  metrics(requested: readonly RequestedMetric[], settings: CollectSettings): ResolvedMetrics {
    const matches = requested.map((request) => this.#sources.catalog.resolve(request));
    const errors = matches.flatMap(({ missing }) => missing);
    const groups = new Map<string, { readonly plugin: LoadedPlugin; readonly requests: MetricRequest[] }>();
    const config = byPrefix(settings.config);
    const tags = [...byPrefix(this.#sources.globalTags), ...byPrefix(settings.tags)];
    for (const metric of unique(matches.flatMap(({ metrics }) => metrics))) {
      const { plugin } = metric;
      const checked = applyRules(metric.policy, {
        ...this.#stored(plugin),
        ...valuesAt(metric.namespace, config),
      });
      errors.push(...checked.errors);
      if (checked.errors.length > 0) continue;
      const id = pluginId(plugin.meta);
      const group = groups.get(id) ?? { plugin, requests: [] };
      groups.set(id, group);
      group.requests.push(this.#request(metric, checked.values, valuesAt(metric.namespace, tags)));
    }
    return { groups: [...groups.values()], errors };
  }

  node(reference: PluginReference, config: ConfigValues): ResolvedNode {
    const { plugin } = this.#sources.registry.require(reference);
    const checked = applyRules(rootRules(plugin.policy), { ...this.#stored(plugin), ...config });
    if (checked.errors.length > 0) throw new Error(checked.errors.join(' -- '));
    return { plugin, config: checked.values };
  }

  #stored({ meta }: LoadedPlugin): ConfigValues {
    return this.#sources.config.merged(meta.type, meta.name, meta.version);
  }

  #request(metric: CatalogMetric, config: ConfigValues, tags: Tags): MetricRequest {
    return {
      namespace: metric.namespace,
      version: metric.version,
      config,
      tags: { plugin_running_on: this.#sources.hostName, ...tags },
      unit: metric.unit,
      description: metric.description,
      lastAdvertisedMs: metric.advertisedAtMs,
    };
  }
}

interface Prefixed<Values> {
  readonly path: readonly string[];
  readonly values: Values;
}

/** Prefixes are split at `/` whatever separators the metrics have; shallow ones first (dossier 4.8). */
const byPrefix = <Values>(table: Readonly<Record<string, Values>>): readonly Prefixed<Values>[] =>
  Object.entries(table)
    .map(([prefix, values]) => ({ path: prefix.split('/').filter((value) => value !== ''), values }))
    .sort((a, b) => a.path.length - b.path.length);

/** What the prefixes on the way to a namespace say, later ones winning. */
const valuesAt = <Value>(
  namespace: Namespace,
  prefixes: readonly Prefixed<Readonly<Record<string, Value>>>[],
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    prefixes.filter(({ path }) => isPrefixOf(path, namespace)).flatMap(({ values }) => Object.entries(values)),
  );

/** Each metric once, however many requests it serves. */
const unique = (metrics: readonly CatalogMetric[]): readonly CatalogMetric[] => [
  ...new Map(metrics.map((metric) => [`${metric.text}:${metric.version}`, metric])).values(),
];
