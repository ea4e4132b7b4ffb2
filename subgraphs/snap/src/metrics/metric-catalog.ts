import type { ConfigRule } from '../config/config-policy.ts';
import { rulesForPath } from '../config/policy-rules.ts';
import { type LoadedPlugin, type PluginKey, pluginId } from '../plugins/plugin.ts';
import type { RequestedMetric } from '../plugins/plugin-host.ts';
import type { AdvertisedMetric } from '../plugins/runtime/plugin-runtime.ts';
import { snapError } from '../snap-errors.ts';
import { namespaceFault } from './advertised-namespace.ts';
import type { Namespace } from './metric.ts';
import {
  combinationsOf,
  expandTuples,
  isDynamicElement,
  namespaceText,
  parseNamespace,
  valuesOf,
} from './namespace.ts';
import { NamespaceTree, type Place } from './namespace-tree.ts';

/** A metric that a loaded collector offers, or one instance of a dynamic one (dossier 3.4). */
export interface CatalogMetric {
  readonly namespace: Namespace;
  /** String form of the namespace. */
  readonly text: string;
  readonly version: number;
  readonly description: string;
  /** Empty when it has none. */
  readonly unit: string;
  /** When its plugin was loaded, milliseconds since the Unix epoch. */
  readonly advertisedAtMs: number;
  /** The configuration it accepts, sorted by name. */
  readonly policy: readonly ConfigRule[];
  readonly plugin: LoadedPlugin;
}

/** What a requested metric stands for at this moment. */
export interface MetricMatches {
  readonly metrics: readonly CatalogMetric[];
  /** One text per part of the request that nothing serves: `Metric not found: /a/b (version: 3)`. */
  readonly missing: readonly string[];
}

/** How many namespaces the tuples of one request may stand for: a few short tuples could fill any memory. */
const MAX_COMBINATIONS = 10_000;

/** The metrics of all loaded collectors (dossier 4.7). When two plugins offer the same version, the later one serves it. */
export class MetricCatalog {
  readonly #tree = new NamespaceTree<CatalogMetric>();
  readonly #byPlugin = new Map<string, readonly CatalogMetric[]>();

  /** Adds what a collector advertises: all of it or, when something is wrong with it, nothing. @throws SNAP_PLUGIN_LOAD_FAILED */
  add(plugin: LoadedPlugin, advertised: readonly AdvertisedMetric[]): void {
    for (const { namespace } of advertised) {
      const fault = namespaceFault(namespace);
      if (fault) throw snapError('SNAP_PLUGIN_LOAD_FAILED', fault);
    }
    const metrics = advertised.map((metric) => catalogMetric(plugin, metric));
    for (const metric of metrics) this.#tree.add(valuesOf(metric.namespace), metric);
    this.#byPlugin.set(pluginId(plugin.meta), metrics);
  }

  remove(plugin: PluginKey): void {
    for (const metric of this.offeredBy(plugin)) this.#tree.remove(valuesOf(metric.namespace), metric);
    this.#byPlugin.delete(pluginId(plugin));
  }

  /** What a plugin advertised, sorted by namespace and version. */
  offeredBy(plugin: PluginKey): readonly CatalogMetric[] {
    return [...(this.#byPlugin.get(pluginId(plugin)) ?? [])].sort(byNamespaceAndVersion);
  }

  /**
   * The metrics literally at or below a namespace (everything without one), sorted by namespace and version. A final `*`
   * changes nothing. Version: above 0 keeps that one, below 0 the newest of each namespace, otherwise all.
   * @throws SNAP_METRIC_NOT_FOUND when there is nothing below a namespace, whatever the version
   */
  list(namespace?: string | null, version = 0): readonly CatalogMetric[] {
    const requested = namespace ? parseNamespace(namespace) : [];
    const path = requested.at(-1) === '*' ? requested.slice(0, -1) : requested;
    const places = this.#tree.below(path);
    if (places.length === 0 && path.length > 0) {
      throw snapError('SNAP_METRIC_NOT_FOUND', `No metric found below the given namespace: ${withSlashes(path)}`);
    }
    const select = version === 0 ? allVersions : (place: Place<CatalogMetric>) => versionOf(place, version);
    return places.flatMap(select).sort(byNamespaceAndVersion);
  }

  /**
   * Exactly one metric. A value finds the dynamic element it stands for, `*` stands for every child at its place; a
   * version below 1 is the newest.
   * @throws SNAP_METRIC_NOT_FOUND, SNAP_METRIC_AMBIGUOUS
   */
  find(namespace: string, version = 0): CatalogMetric {
    const path = parseNamespace(namespace);
    const [metric, another] = this.#tree.match(path, { deep: false }).flatMap((place) => versionOf(place, version));
    if (!metric) throw snapError('SNAP_METRIC_NOT_FOUND', notFound(path, version));
    if (another) {
      throw snapError(
        'SNAP_METRIC_AMBIGUOUS',
        `Incoming namespace \`${withSlashes(path)}\` is too ambiguous (version: ${version})`,
      );
    }
    return instanceOf(metric, path);
  }

  /** The metric with this very namespace and version, `*` being its own name, or the instance that the namespace names. */
  get(namespace: string, version: number): CatalogMetric | undefined {
    const path = parseNamespace(namespace);
    const [metric] = versionOf(this.#tree.at(path), version);
    if (metric || path.includes('*')) return metric;
    const [instanced] = this.#tree.match(path, { deep: false }).flatMap((place) => versionOf(place, version));
    return instanced && instanceOf(instanced, path);
  }

  /** What a task's request collects now: every combination of its tuples must match something (dossier 4.7, task metrics). */
  resolve({ namespace, version }: RequestedMetric): MetricMatches {
    const metrics: CatalogMetric[] = [];
    const missing: string[] = [];
    const requested = parseNamespace(namespace);
    if (combinationsOf(requested) > MAX_COMBINATIONS) {
      return {
        metrics,
        missing: [`Namespace stands for more than ${MAX_COMBINATIONS} metrics: ${namespace.slice(0, 100)}`],
      };
    }
    for (const path of expandTuples(requested)) {
      const matches = this.#tree.match(path, { deep: true }).flatMap((place) => versionOf(place, version));
      if (matches.length === 0) missing.push(notFound(path, version));
      metrics.push(...matches.map((metric) => instanceOf(metric, path)));
    }
    return { metrics, missing };
  }

  /** Whether a part of the request is served by this plugin and by no other (dossier 4.4). */
  dependsOn({ namespace, version }: RequestedMetric, plugin: PluginKey): boolean {
    const requested = parseNamespace(namespace);
    if (combinationsOf(requested) > MAX_COMBINATIONS) return false;
    return expandTuples(requested).some((path) => {
      const offers = this.#tree
        .match(path, { deep: true })
        .flat()
        .filter((metric) => version < 1 || metric.version === version);
      return offers.length > 0 && offers.every((metric) => pluginId(metric.plugin.meta) === pluginId(plugin));
    });
  }
}

function catalogMetric(plugin: LoadedPlugin, metric: AdvertisedMetric): CatalogMetric {
  const values = valuesOf(metric.namespace);
  return {
    namespace: metric.namespace,
    text: namespaceText(values),
    version: metric.version < 1 ? plugin.meta.version : metric.version,
    description: metric.description,
    unit: metric.unit,
    advertisedAtMs: plugin.loadedAtMs,
    policy: rulesForPath(plugin.policy, values),
    plugin,
  };
}

/** The metric with the values a request names in place of its dynamic elements; their names stay. */
function instanceOf(metric: CatalogMetric, path: readonly string[]): CatalogMetric {
  const named = (index: number): string | undefined => (path[index] === '*' ? undefined : path[index]);
  if (!metric.namespace.some((element, index) => isDynamicElement(element) && named(index) !== undefined))
    return metric;
  const namespace = metric.namespace.map((element, index) =>
    isDynamicElement(element) ? { ...element, value: named(index) ?? element.value } : element,
  );
  return { ...metric, namespace, text: namespaceText(valuesOf(namespace)) };
}

/** One metric per version, of several offers the latest. */
const allVersions = (place: Place<CatalogMetric>): readonly CatalogMetric[] => [
  ...new Map(place.map((metric) => [metric.version, metric])).values(),
];

/** The metric of that version, or the newest one when the version is below 1. */
function versionOf(place: Place<CatalogMetric>, version: number): readonly CatalogMetric[] {
  const wanted = version < 1 ? Math.max(...place.map((metric) => metric.version)) : version;
  const metric = place.findLast((candidate) => candidate.version === wanted);
  return metric ? [metric] : [];
}

const notFound = (path: readonly string[], version: number): string =>
  `Metric not found: ${withSlashes(path)} (version: ${version})`;

/** A requested namespace as errors write it: with slashes, whatever separator the request chose. */
const withSlashes = (path: readonly string[]): string => `/${path.join('/')}`;

/** By the bytes of `namespace:version`, as the original sorts (version 10 stands before version 2). */
function byNamespaceAndVersion(a: CatalogMetric, b: CatalogMetric): number {
  return Buffer.compare(Buffer.from(`${a.text}:${a.version}`), Buffer.from(`${b.text}:${b.version}`));
}
