import type { RoutingStrategy } from '../plugin.ts';
import type { PoolInstance } from './pool-instance.ts';

/** Who calls a pool. */
export interface Caller {
  readonly taskId: string;
  /** Text that is equal for equal configurations. */
  configKey(): string;
}

/** Chooses which instance of a pool serves a call (dossier 4.6). */
export interface Routing {
  /** Undefined when no instance is free for this caller. */
  select(instances: readonly PoolInstance[], caller: Caller): PoolInstance | undefined;
  /** Which callers share collected values: those with the same text. */
  cacheGroup(caller: Caller): string;
  /** The instance to give up when there is one too many. */
  surplus(instances: readonly PoolInstance[]): PoolInstance | undefined;
  /** A task calls no more. */
  releaseTask(taskId: string): void;
  /** An instance is gone. */
  forget(instance: PoolInstance): void;
}

/** Any instance will do: the one whose last call is longest ago. */
const leastRecentlyUsed = (): Routing => ({
  select: (instances) =>
    first(instances, (a, b) => a.lastHitAtMs - b.lastHitAtMs || a.inFlight - b.inFlight || a.hitCount - b.hitCount),
  cacheGroup: () => '',
  surplus: idlest,
  releaseTask: () => {},
  forget: () => {},
});

/** An instance belongs to whoever took it first, until nobody with that key calls any more. */
class Owned implements Routing {
  readonly #keyOf: (caller: Caller) => string;
  readonly #owners = new Map<string, { readonly instance: PoolInstance; readonly tasks: Set<string> }>();

  constructor(keyOf: (caller: Caller) => string) {
    this.#keyOf = keyOf;
  }

  select(instances: readonly PoolInstance[], caller: Caller): PoolInstance | undefined {
    const key = this.#keyOf(caller);
    const owned = this.#owners.get(key);
    if (owned) {
      owned.tasks.add(caller.taskId);
      return owned.instance;
    }
    const free = this.#free(instances)[0];
    if (free) this.#owners.set(key, { instance: free, tasks: new Set([caller.taskId]) });
    return free;
  }

  cacheGroup(caller: Caller): string {
    return this.#keyOf(caller);
  }

  surplus(instances: readonly PoolInstance[]): PoolInstance | undefined {
    return idlest(this.#free(instances)) ?? idlest(instances);
  }

  releaseTask(taskId: string): void {
    for (const [key, { tasks }] of this.#owners) {
      if (tasks.delete(taskId) && tasks.size === 0) this.#owners.delete(key);
    }
  }

  forget(instance: PoolInstance): void {
    for (const [key, owned] of this.#owners) if (owned.instance === instance) this.#owners.delete(key);
  }

  #free(instances: readonly PoolInstance[]): readonly PoolInstance[] {
    const taken = new Set([...this.#owners.values()].map(({ instance }) => instance));
    return instances.filter((instance) => !taken.has(instance));
  }
}

const strategies: Readonly<Record<RoutingStrategy, () => Routing>> = {
  'least-recently-used': leastRecentlyUsed,
  sticky: () => new Owned(({ taskId }) => taskId),
  'config-based': () => new Owned((caller) => caller.configKey()),
};

/** The routing of a new pool. */
export const createRouting = (strategy: RoutingStrategy): Routing => strategies[strategy]();

/** The instance with the fewest calls in flight; of several the youngest. */
const idlest = (instances: readonly PoolInstance[]): PoolInstance | undefined =>
  first(instances, (a, b) => a.inFlight - b.inFlight || b.id - a.id);

/** The item that a sort would put first. */
function first<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): Item | undefined {
  let best: Item | undefined;
  for (const item of items) if (best === undefined || compare(item, best) < 0) best = item;
  return best;
}
