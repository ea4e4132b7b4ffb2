import type { Clock, Logger, Timer } from '@pentagraph/kit';
import { type PluginKey, pluginId } from '../plugin.ts';
import { fits, type PluginFilter, type PluginRegistry } from '../plugin-registry.ts';
import { PluginPool, type PoolLimits } from './plugin-pool.ts';

/** A running instance as lists show it (dossier 3.2). */
export interface RunningPlugin extends PluginKey {
  readonly id: number;
  readonly hitCount: number;
  /** Milliseconds since the Unix epoch. */
  readonly lastHitAtMs: number;
  readonly pprofPort: string;
}

const HEALTH_INTERVAL_MS = 5_000;

/** The pools of all plugins, and which tasks use which of them. */
export class PluginPools {
  readonly #registry: PluginRegistry;
  readonly #limits: PoolLimits;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #pools = new Map<string, PluginPool>();
  /** By task: the plugins it uses, by id. Outlives a pool, so that a plugin loaded again finds its tasks. */
  readonly #subscriptions = new Map<string, ReadonlyMap<string, PluginKey>>();
  readonly #stopped = new AbortController();
  #healthTimer: Timer | undefined;

  constructor(registry: PluginRegistry, limits: PoolLimits, clock: Clock, logger: Logger) {
    this.#registry = registry;
    this.#limits = limits;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Begins to watch the health of instances. */
  start(): void {
    this.#healthTimer = this.#clock.schedule(HEALTH_INTERVAL_MS, () => {
      for (const pool of this.#pools.values()) void pool.checkHealth();
      this.start();
    });
  }

  /** Ends all instances. */
  async stop(): Promise<void> {
    this.#healthTimer?.cancel();
    this.#stopped.abort(new Error('daemon exiting'));
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    this.#subscriptions.clear();
    await Promise.all(pools.map((pool) => pool.close('daemon exiting')));
  }

  /**
   * Makes these the plugins a task uses: subscribes it to those it didn't use yet, then gives up the others.
   * @throws when a plugin isn't loaded or an instance can't be started; the task's subscriptions are then what they were
   */
  async subscribe(taskId: string, plugins: readonly PluginKey[], signal: AbortSignal): Promise<void> {
    const before = this.#subscriptions.get(taskId) ?? new Map<string, PluginKey>();
    const wanted = new Map(plugins.map((plugin) => [pluginId(plugin), plugin]));
    const added: PluginPool[] = [];
    try {
      for (const plugin of plugins) {
        const pool = this.#poolOf(plugin);
        if (pool.serves(taskId)) continue;
        added.push(pool);
        await pool.subscribe(taskId, signal);
      }
    } catch (error) {
      await Promise.all(added.map((pool) => pool.unsubscribe(taskId)));
      throw error;
    }
    this.#subscriptions.set(taskId, wanted);
    const dropped = [...before.keys()].filter((id) => !wanted.has(id));
    await Promise.all(dropped.map((id) => this.#pools.get(id)?.unsubscribe(taskId)));
  }

  async unsubscribe(taskId: string): Promise<void> {
    const plugins = this.#subscriptions.get(taskId);
    this.#subscriptions.delete(taskId);
    await Promise.all([...(plugins?.keys() ?? [])].map((id) => this.#pools.get(id)?.unsubscribe(taskId)));
  }

  /** @throws Error `plugin pool not found` when the plugin was unloaded meanwhile or nobody subscribed to it */
  pool(plugin: PluginKey): PluginPool {
    const pool = this.#pools.get(pluginId(plugin));
    if (!pool) throw new Error('plugin pool not found');
    return pool;
  }

  /** Ends the instances of a plugin that is unloaded. Its tasks stay subscribed and fail until it is loaded again. */
  async close(plugin: PluginKey): Promise<void> {
    const pool = this.#pools.get(pluginId(plugin));
    this.#pools.delete(pluginId(plugin));
    await pool?.close('plugin unloaded');
  }

  /** Gives a plugin that was loaded again back to the tasks that used it. */
  async reopen(plugin: PluginKey): Promise<void> {
    const id = pluginId(plugin);
    for (const [taskId, plugins] of this.#subscriptions) {
      if (!plugins.has(id)) continue;
      try {
        await this.#poolOf(plugin).subscribe(taskId, this.#stopped.signal);
      } catch (error) {
        this.#logger.error({ err: error, plugin: id, taskId }, 'a task could not be given its plugin back');
      }
    }
  }

  running(filter: PluginFilter = {}): readonly RunningPlugin[] {
    return [...this.#pools.values()]
      .filter(({ plugin }) => fits(filter, plugin.meta))
      .flatMap(({ plugin: { meta }, instances }) =>
        instances.map(({ id, hitCount, lastHitAtMs, instance }) => ({
          type: meta.type,
          name: meta.name,
          version: meta.version,
          id,
          hitCount,
          lastHitAtMs,
          pprofPort: instance.pprofPort,
        })),
      );
  }

  /** Asks the registry each time: what was loaded a moment ago may not be any more. */
  #poolOf(plugin: PluginKey): PluginPool {
    this.#stopped.signal.throwIfAborted();
    const id = pluginId(plugin);
    const existing = this.#pools.get(id);
    if (existing) return existing;
    const { plugin: loaded, location, runtime } = this.#registry.require(plugin);
    const pool = new PluginPool(loaded, this.#limits, {
      clock: this.#clock,
      logger: this.#logger,
      start: (signal) => runtime.start(loaded, location, signal),
    });
    this.#pools.set(id, pool);
    return pool;
  }
}
