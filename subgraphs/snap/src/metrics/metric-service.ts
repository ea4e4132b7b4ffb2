import { requireAccess, type Viewer } from '@pentagraph/kit';
import type { PluginKey } from '../plugins/plugin.ts';
import type { CatalogMetric, MetricCatalog } from './metric-catalog.ts';

/** The metric catalog, for whoever may see it. */
export class MetricService {
  readonly #catalog: MetricCatalog;

  constructor(catalog: MetricCatalog) {
    this.#catalog = catalog;
  }

  /** Metrics literally below a namespace. @see MetricCatalog.list */
  list(viewer: Viewer, namespace?: string | null, version?: number | null): readonly CatalogMetric[] {
    requireAccess(viewer, 'snap', 'viewer');
    return this.#catalog.list(namespace, version ?? 0);
  }

  /** Exactly one metric. @see MetricCatalog.find */
  find(viewer: Viewer, namespace: string, version?: number | null): CatalogMetric {
    requireAccess(viewer, 'snap', 'viewer');
    return this.#catalog.find(namespace, version ?? 0);
  }

  /** The metric with this very namespace and version; undefined when it is not offered any more. */
  get(viewer: Viewer, namespace: string, version: number): CatalogMetric | undefined {
    requireAccess(viewer, 'snap', 'viewer');
    return this.#catalog.get(namespace, version);
  }

  /** What a plugin offers, sorted by namespace and version. */
  offeredBy(viewer: Viewer, plugin: PluginKey): readonly CatalogMetric[] {
    requireAccess(viewer, 'snap', 'viewer');
    return this.#catalog.offeredBy(plugin);
  }
}
