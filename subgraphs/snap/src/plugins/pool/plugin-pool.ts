import { type Clock, type Logger, SerialQueue } from '@pentagraph/kit';
import { configValuesToJson } from '../../config/config-values.ts';
import type { MetricSample } from '../../metrics/metric.ts';
import { type LoadedPlugin, pluginId } from '../plugin.ts';
import type { MetricRequest, PluginInstance, StreamLimits } from '../runtime/plugin-runtime.ts';
import { DeadlinePassed, withDeadline } from './call-deadline.ts';
import { type Collected, MetricCache, samplesByRequest } from './metric-cache.ts';
import { PoolInstance } from './pool-instance.ts';
import { type Caller, createRouting, type Routing } from './routing.ts';

/** How many instances a pool may run and how long it serves collected values again. */
export interface PoolLimits {
  /** Most running instances of one plugin; see {@link maxInstancesOf} for the exception. */
  readonly maxInstances: number;
  /** How often a dead instance is replaced in a pool's life; -1 without limit. */
  readonly maxRestarts: number;
  /** The least time collected values are served again; a plugin may only lengthen it. */
  readonly cacheTtlMs: number;
}

export interface PoolDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  start(signal: AbortSignal): Promise<PluginInstance>;
}

const CALL_DEADLINE_MS = 10_000;
const PING_TIMEOUT_MS = 10_000;
/** Health checks an instance may fail in a row before it is replaced (dossier 1.3). */
const PING_STRIKES = 3;

/** The running instances of one plugin and the tasks that use them (dossier 4.6). */
export class PluginPool {
  readonly plugin: LoadedPlugin;
  readonly #limits: PoolLimits;
  readonly #deps: PoolDependencies;
  readonly #routing: Routing;
  readonly #cache: MetricCache;
  /** Subscriptions one instance takes before another is started. */
  readonly #concurrency: number;
  readonly #maxInstances: number;
  readonly #subscribers = new Set<string>();
  /** Starting and ending instances happens one at a time, so that no task finds the instance another one is giving up. */
  readonly #changes = new SerialQueue();
  readonly #closed = new AbortController();
  #instances: readonly PoolInstance[] = [];
  #lastId = 0;
  #restarts = 0;

  constructor(plugin: LoadedPlugin, limits: PoolLimits, deps: PoolDependencies) {
    this.plugin = plugin;
    this.#limits = limits;
    this.#deps = deps;
    this.#routing = createRouting(plugin.meta.routing);
    this.#cache = new MetricCache(Math.max(limits.cacheTtlMs, plugin.meta.cacheTtlMs));
    this.#concurrency = plugin.meta.routing === 'sticky' ? 1 : Math.max(1, plugin.meta.concurrencyCount);
    this.#maxInstances = maxInstancesOf(plugin, limits);
  }

  get instances(): readonly PoolInstance[] {
    return this.#instances;
  }

  /** Whether the task is subscribed. */
  serves(taskId: string): boolean {
    return this.#subscribers.has(taskId);
  }

  /** Adds a task and starts an instance for it if those that run are full. @throws when that instance can't be started */
  subscribe(taskId: string, signal: AbortSignal): Promise<void> {
    return this.#changes.run(async () => {
      signal.throwIfAborted();
      if (this.#subscribers.has(taskId)) return;
      this.#subscribers.add(taskId);
      try {
        if (this.#wantsInstance()) await this.#startInstance(signal);
      } catch (error) {
        this.#subscribers.delete(taskId);
        throw error;
      }
    });
  }

  /** Removes a task and ends the instance that is then one too many, once its calls are done. */
  async unsubscribe(taskId: string): Promise<void> {
    const surplus = await this.#changes.run(async () => {
      if (!this.#subscribers.delete(taskId)) return undefined;
      this.#routing.releaseTask(taskId);
      if (this.#subscribers.size >= this.#instances.length) return undefined;
      const instance = this.#routing.surplus(this.#instances);
      if (instance) this.#drop(instance);
      return instance;
    });
    await surplus?.drained();
    if (surplus) await this.#kill(surplus, 'unsubscription event');
  }

  /** Collects, serving what was collected a moment ago again. @throws Error `could not select a plugin`, or the plugin's own */
  async collect(
    taskId: string,
    requests: readonly MetricRequest[],
    signal: AbortSignal,
  ): Promise<readonly Collected[]> {
    const caller = callerOf(taskId, requests);
    // Also a task whose values are all cached holds on to its instance.
    this.#routing.select(this.#instances, caller);
    const group = this.#routing.cacheGroup(caller);
    const now = this.#deps.clock.now();
    const cached = new Map<MetricRequest, readonly MetricSample[]>();
    for (const request of requests) {
      const samples = this.#cache.get(group, request, now);
      if (samples) cached.set(request, samples);
    }
    const due = cached.size === 0 ? requests : requests.filter((request) => !cached.has(request));
    if (due.length > 0) {
      const samples = await this.call(caller, signal, (instance, during) => instance.collect(due, during));
      const collectedAt = this.#deps.clock.now();
      for (const collected of samplesByRequest(due, samples)) {
        this.#cache.put(group, collected, collectedAt);
        cached.set(collected.request, collected.samples);
      }
    }
    return requests.map((request) => ({ request, samples: cached.get(request) ?? [] }));
  }

  /** Runs a call on the instance that routing chooses, within the deadline of plugin calls. */
  async call<Result>(
    caller: Caller,
    signal: AbortSignal,
    work: (instance: PluginInstance, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const chosen = this.#select(caller);
    const { clock } = this.#deps;
    chosen.begin(clock.now());
    try {
      return await withDeadline(clock, CALL_DEADLINE_MS, signal, (during) => work(chosen.instance, during));
    } catch (error) {
      if (error instanceof DeadlinePassed) this.#replace(chosen, 'Passed deadline');
      throw error;
    } finally {
      chosen.end();
    }
  }

  /** Batches of a streaming collector, each a hit, until the signal aborts, the stream breaks or the pool closes. */
  async *stream(
    requests: readonly MetricRequest[],
    limits: StreamLimits,
    signal: AbortSignal,
  ): AsyncGenerator<readonly MetricSample[]> {
    const chosen = this.#select(callerOf(limits.taskId, requests));
    chosen.begin(this.#deps.clock.now());
    try {
      for await (const batch of chosen.instance.stream(requests, limits, signal)) {
        yield batch;
        chosen.hit(this.#deps.clock.now());
      }
    } finally {
      chosen.end();
    }
  }

  /** Pings every instance; replaces those that failed three times in a row (dossier 1.3). */
  async checkHealth(): Promise<void> {
    await Promise.all(this.#instances.filter(({ pinged }) => !pinged).map((instance) => this.#ping(instance)));
  }

  /** Ends all instances at once; what is in flight fails. */
  async close(reason: string): Promise<void> {
    this.#closed.abort(new Error('plugin pool not found'));
    await this.#changes.run(async () => {
      const instances = this.#instances;
      this.#instances = [];
      await Promise.all(instances.map((instance) => this.#kill(instance, reason)));
    });
  }

  #select(caller: Caller): PoolInstance {
    const chosen = this.#routing.select(this.#instances, caller);
    if (!chosen) throw new Error('could not select a plugin');
    return chosen;
  }

  async #ping(target: PoolInstance): Promise<void> {
    target.pinged = true;
    try {
      await withDeadline(this.#deps.clock, PING_TIMEOUT_MS, this.#closed.signal, (during) =>
        target.instance.ping(during),
      );
      target.failedPings = 0;
    } catch (error) {
      if (this.#closed.signal.aborted) return;
      target.failedPings += 1;
      this.#deps.logger.warn(
        { err: error, plugin: this.#name, id: target.id, strike: target.failedPings },
        'ping failed',
      );
      if (target.failedPings >= PING_STRIKES) this.#replace(target, 'plugin dead');
    } finally {
      target.pinged = false;
    }
  }

  /** Ends an instance that does not do its work and starts another one if the pool may and needs it. */
  #replace(target: PoolInstance, reason: string): void {
    if (!this.#instances.includes(target)) return;
    this.#drop(target);
    void this.#changes.run(async () => {
      await this.#kill(target, reason);
      const { maxRestarts } = this.#limits;
      if (!this.#wantsInstance() || (maxRestarts >= 0 && this.#restarts >= maxRestarts)) return;
      this.#restarts += 1;
      try {
        await this.#startInstance(this.#closed.signal);
      } catch (error) {
        this.#deps.logger.error({ err: error, plugin: this.#name }, 'a dead plugin instance could not be replaced');
      }
    });
  }

  #wantsInstance(): boolean {
    const running = this.#instances.length;
    return running < this.#maxInstances && this.#subscribers.size > this.#concurrency * running;
  }

  async #startInstance(signal: AbortSignal): Promise<void> {
    this.#closed.signal.throwIfAborted();
    const instance = await this.#deps.start(AbortSignal.any([signal, this.#closed.signal]));
    this.#lastId += 1;
    this.#instances = [...this.#instances, new PoolInstance(this.#lastId, instance, this.#deps.clock.now())];
  }

  #drop(instance: PoolInstance): void {
    this.#instances = this.#instances.filter((candidate) => candidate !== instance);
    this.#routing.forget(instance);
  }

  async #kill(target: PoolInstance, reason: string): Promise<void> {
    try {
      await target.instance.kill(reason);
    } catch (error) {
      this.#deps.logger.warn({ err: error, plugin: this.#name, id: target.id }, 'a plugin instance did not end well');
    }
  }

  get #name(): string {
    return pluginId(this.plugin.meta);
  }
}

/**
 * An instance of a built-in plugin is an object, no process. Where instances belong to tasks or configurations and one too
 * few fails a task, there are as many of them as it takes.
 */
function maxInstancesOf({ source, meta }: LoadedPlugin, { maxInstances }: PoolLimits): number {
  if (meta.exclusive) return 1;
  return source === 'builtin' && meta.routing !== 'least-recently-used' ? Number.POSITIVE_INFINITY : maxInstances;
}

const callerOf = (taskId: string, requests: readonly MetricRequest[]): Caller => ({
  taskId,
  configKey: () => requests.map(({ config }) => configValuesToJson(config)).join('\n'),
});
