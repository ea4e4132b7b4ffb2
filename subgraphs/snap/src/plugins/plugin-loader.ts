import { type Clock, type Logger, SerialQueue } from '@pentagraph/kit';
import type { PluginConfigStore } from '../config/plugin-config-store.ts';
import type { MetricCatalog } from '../metrics/metric-catalog.ts';
import { snapError } from '../snap-errors.ts';
import { type LoadedPlugin, type PluginKey, pluginId } from './plugin.ts';
import type { PluginOrigin } from './plugin-origin.ts';
import type { PluginRegistry } from './plugin-registry.ts';
import type { PluginRecord, PluginStore } from './plugin-store.ts';
import type { PluginPools } from './pool/plugin-pools.ts';

export interface LoaderParts {
  readonly registry: PluginRegistry;
  readonly catalog: MetricCatalog;
  readonly config: PluginConfigStore;
  readonly pools: PluginPools;
  readonly store: PluginStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Brings plugins in and out: catalog, registry, pools and database change together, one plugin at a time (dossier 1.2). */
export class PluginLoader {
  readonly #parts: LoaderParts;
  readonly #changes = new SerialQueue();
  #lastLoadedAtMs = 0;

  constructor(parts: LoaderParts) {
    this.#parts = parts;
  }

  /**
   * Loads a plugin that is new, or was unloaded.
   * @param name what it is known as before it says so itself: its stored configuration counts when it is asked
   * @throws SNAP_PLUGIN_ALREADY_LOADED, SNAP_PLUGIN_LOAD_FAILED
   */
  load(origin: PluginOrigin, name: PluginKey, signal: AbortSignal): Promise<LoadedPlugin> {
    return this.#changes.run(async () => {
      const plugin = await this.#add(origin, name, this.#nextLoadTime(), signal);
      const { runtime, storedLocation, signed } = origin;
      try {
        await this.#parts.store.save({
          ...keyOf(plugin),
          source: runtime.source,
          location: storedLocation,
          signed,
          loaded: true,
          loadedAtMs: plugin.loadedAtMs,
        });
      } catch (error) {
        this.#remove(plugin.meta);
        throw error;
      }
      await this.#parts.pools.reopen(plugin.meta);
      return plugin;
    });
  }

  /** Brings back a plugin that was loaded before the last stop. @throws SNAP_PLUGIN_LOAD_FAILED */
  restore(record: PluginRecord, origin: PluginOrigin, signal: AbortSignal): Promise<LoadedPlugin> {
    return this.#changes.run(() => {
      this.#lastLoadedAtMs = Math.max(this.#lastLoadedAtMs, record.loadedAtMs);
      return this.#add(origin, record, record.loadedAtMs, signal);
    });
  }

  /**
   * Unloads a plugin; its running instances end.
   * @param find names the plugin when its turn has come; throws to refuse
   */
  unload(find: () => LoadedPlugin): Promise<LoadedPlugin> {
    return this.#changes.run(async () => {
      const plugin = find();
      await this.#parts.store.markUnloaded(plugin.meta);
      this.#remove(plugin.meta);
      await this.#parts.pools.close(plugin.meta);
      return plugin;
    });
  }

  /** Ends with what was begun. */
  idle(): Promise<void> {
    return this.#changes.idle();
  }

  async #add(origin: PluginOrigin, name: PluginKey, loadedAtMs: number, signal: AbortSignal): Promise<LoadedPlugin> {
    const { registry, catalog, config } = this.#parts;
    const stored = config.merged(name.type, name.name, name.version);
    const { meta, policy, metrics } = await origin.runtime.describe(origin.location, stored, signal);
    if (registry.find(meta)) throw snapError('SNAP_PLUGIN_ALREADY_LOADED', 'plugin is already loaded');
    const plugin: LoadedPlugin = { meta, policy, loadedAtMs, source: origin.runtime.source, signed: origin.signed };
    catalog.add(plugin, metrics);
    registry.add({ plugin, location: origin.location, runtime: origin.runtime });
    this.#parts.logger.debug({ plugin: pluginId(meta) }, 'plugin loaded');
    return plugin;
  }

  #remove(key: PluginKey): void {
    this.#parts.catalog.remove(key);
    this.#parts.registry.remove(key);
    this.#parts.logger.debug({ plugin: pluginId(key) }, 'plugin unloaded');
  }

  /** Load times never repeat, so that they keep the order of loading over a restart. */
  #nextLoadTime(): number {
    this.#lastLoadedAtMs = Math.max(this.#parts.clock.now(), this.#lastLoadedAtMs + 1);
    return this.#lastLoadedAtMs;
  }
}

const keyOf = ({ meta: { type, name, version } }: LoadedPlugin): PluginKey => ({ type, name, version });
