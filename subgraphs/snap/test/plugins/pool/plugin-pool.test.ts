import { ManualClock, settle, testContext } from '@pentagraph/kit/testing';
import { describe, expect, it } from 'vitest';
import type { LoadedPlugin, PluginMeta } from '../../../src/plugins/plugin.ts';
import { PluginPool, type PoolLimits } from '../../../src/plugins/pool/plugin-pool.ts';
import { loadedPlugin } from '../../metrics/catalog-fixture.ts';
import { FakeInstance, request, sampleOf } from './fake-instance.ts';

const { signal, logger } = testContext();

interface Setup {
  readonly source?: LoadedPlugin['source'];
  readonly meta?: Partial<PluginMeta>;
  readonly limits?: Partial<PoolLimits>;
  /** What each start waits for. */
  readonly beforeStart?: (signal: AbortSignal) => Promise<void>;
  /** Fails that many starts after the first `failAfter`. */
  readonly failAfter?: number;
}

function setUp({
  source = 'upload',
  meta,
  limits,
  beforeStart = async () => {},
  failAfter = Number.POSITIVE_INFINITY,
}: Setup = {}) {
  const clock = new ManualClock();
  const started: FakeInstance[] = [];
  const base = loadedPlugin('fake');
  const plugin: LoadedPlugin = { ...base, source, meta: { ...base.meta, ...meta } };
  const pool = new PluginPool(
    plugin,
    { maxInstances: 3, maxRestarts: 3, cacheTtlMs: 500, ...limits },
    {
      clock,
      logger,
      async start(startSignal) {
        await beforeStart(startSignal);
        if (started.length >= failAfter) throw new Error('fork failed');
        const instance = new FakeInstance(plugin.meta);
        started.push(instance);
        return instance;
      },
    },
  );
  const subscribe = async (...tasks: readonly string[]) => {
    for (const task of tasks) await pool.subscribe(task, signal);
  };
  const values = async (task: string, ...texts: readonly string[]) => {
    const collected = await pool.collect(
      task,
      texts.map((text) => request(text)),
      signal,
    );
    return collected.flatMap(({ samples }) => samples.map(({ timestamp }) => timestamp.unixNanos));
  };
  return { clock, pool, started, subscribe, values };
}

describe('instances of a pool', () => {
  it.each([
    [{ concurrencyCount: 1 }, 1, 1],
    [{ concurrencyCount: 1 }, 3, 3],
    [{ concurrencyCount: 1 }, 5, 3],
    [{ concurrencyCount: 5 }, 5, 1],
    [{ concurrencyCount: 5 }, 6, 2],
    [{ concurrencyCount: 5, routing: 'sticky' }, 2, 2],
    [{ concurrencyCount: 1, exclusive: true }, 4, 1],
    [{ concurrencyCount: 0 }, 1, 1],
  ] as const)('%o: %i tasks have %i', async (meta, tasks, instances) => {
    const { pool, subscribe } = setUp({ meta });
    await subscribe(...Array.from({ length: tasks }, (_, index) => `task-${index}`));
    expect(pool.instances.map(({ id }) => id)).toEqual(Array.from({ length: instances }, (_, index) => index + 1));
  });

  it('end with the tasks that need them', async () => {
    const { pool, started, subscribe } = setUp();
    await subscribe('a', 'b');
    await pool.unsubscribe('a');
    expect(pool.instances).toHaveLength(1);
    await pool.unsubscribe('b');
    await pool.unsubscribe('b');
    expect(pool.instances).toHaveLength(0);
    expect(started.map(({ killedBecause }) => killedBecause)).toEqual(['unsubscription event', 'unsubscription event']);
  });

  it('are started once for a task that subscribes twice', async () => {
    const { pool, subscribe } = setUp();
    await subscribe('a', 'a');
    expect(pool.instances).toHaveLength(1);
  });

  it('do not end before their calls do', async () => {
    const { pool, started, subscribe } = setUp();
    await subscribe('a');
    let finish = () => {};
    const [instance] = started as [FakeInstance];
    instance.onCollect = (requests) =>
      new Promise((resolve) => {
        finish = () => resolve(requests.map((one) => sampleOf(one, 1n)));
      });
    const collection = pool.collect('a', [request('/x')], signal);
    const unsubscribed = pool.unsubscribe('a');
    await settle();
    expect(instance.killedBecause).toBeUndefined();
    finish();
    expect(await collection).toHaveLength(1);
    await unsubscribed;
    expect(instance.killedBecause).toBe('unsubscription event');
  });

  it('leave a task unsubscribed that they could not be started for', async () => {
    const { pool, subscribe } = setUp({ failAfter: 1 });
    await subscribe('a');
    await expect(pool.subscribe('b', signal)).rejects.toThrow('fork failed');
    await pool.unsubscribe('a');
    expect(pool.instances).toHaveLength(0);
  });

  it('are not started for a caller who is gone', async () => {
    const { pool, started } = setUp();
    await expect(pool.subscribe('a', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(started).toHaveLength(0);
  });

  it('serve a task that starts while the last one gives its instance up', async () => {
    const { pool, subscribe, values } = setUp();
    await subscribe('a');
    await Promise.all([pool.unsubscribe('a'), pool.subscribe('b', signal)]);
    expect(await values('b', '/x')).toEqual([1n]);
  });
});

describe('routing', () => {
  it('takes the instance that was called longest ago', async () => {
    const { clock, pool, started, subscribe, values } = setUp();
    await subscribe('a', 'b');
    for (const metric of ['/1', '/2', '/3', '/4']) {
      await clock.advance(1);
      await values('a', metric);
    }
    expect(started.map(({ collections }) => collections.length)).toEqual([2, 2]);
    expect(pool.instances.map(({ hitCount }) => hitCount)).toEqual([2, 2]);
    expect(pool.instances[1]?.lastHitAtMs).toBe(clock.now());
  });

  it('gives a sticky task an instance of its own, and the fourth none', async () => {
    const { pool, subscribe, values } = setUp({ meta: { routing: 'sticky' } });
    await subscribe('a', 'b', 'c', 'd');
    for (const task of ['a', 'b', 'c']) expect(await values(task, '/x')).toHaveLength(1);
    await expect(values('d', '/x')).rejects.toThrow('could not select a plugin');
    await pool.unsubscribe('b');
    expect(await values('d', '/x')).toHaveLength(1);
    expect(pool.instances).toHaveLength(3);
  });

  it('that is still starting is given up when the pool closes', async () => {
    const { pool, subscribe, started } = setUp({
      beforeStart: (starting) =>
        new Promise((_, reject) => starting.addEventListener('abort', () => reject(starting.reason), { once: true })),
    });
    const refused = expect(subscribe('a')).rejects.toThrow('plugin pool not found');
    await settle();
    await pool.close('plugin unloaded');
    await refused;
    expect(started).toEqual([]);
  });

  it.each([
    ['sticky', 4],
    ['config-based', 4],
    ['least-recently-used', 3],
  ] as const)('of a built-in plugin that is %s: four tasks have %i', async (routing, instances) => {
    const { pool, subscribe } = setUp({ source: 'builtin', meta: { routing } });
    await subscribe('a', 'b', 'c', 'd');
    expect(pool.instances).toHaveLength(instances);
    await pool.unsubscribe('b');
    expect(pool.instances).toHaveLength(3);
  });

  it('gives a configuration an instance of its own until its last task is gone', async () => {
    const { pool, started, subscribe } = setUp({ meta: { routing: 'config-based' }, limits: { maxInstances: 2 } });
    await subscribe('a', 'b', 'c', 'd');
    const collect = (task: string, password: string) => pool.collect(task, [request('/x', { password })], signal);
    await collect('a', 'one');
    await collect('b', 'one');
    await collect('c', 'two');
    expect(started.map(({ collections }) => collections.length)).toEqual([1, 1]);
    await expect(collect('d', 'three')).rejects.toThrow('could not select a plugin');
    await pool.unsubscribe('a');
    await expect(collect('d', 'three')).rejects.toThrow('could not select a plugin');
    await pool.unsubscribe('b');
    expect(await collect('d', 'three')).toHaveLength(1);
  });

  it('has nothing to choose from without instances', async () => {
    const { values } = setUp();
    await expect(values('a', '/x')).rejects.toThrow('could not select a plugin');
  });
});

describe('collected values', () => {
  it('are served again for 500 ms, with their old timestamps', async () => {
    const { clock, pool, subscribe, values } = setUp();
    await subscribe('a', 'b');
    expect(await values('a', '/x')).toEqual([1n]);
    await clock.advance(499);
    expect(await values('b', '/x')).toEqual([1n]);
    await clock.advance(1);
    expect(await values('a', '/x')).toEqual([1n]);
    expect(pool.instances.map(({ hitCount }) => hitCount).toSorted()).toEqual([1, 1]);
  });

  it('are served for longer when the plugin says so: every second value of a one-second task is old', async () => {
    const { clock, subscribe, values } = setUp({ meta: { cacheTtlMs: 1100 } });
    await subscribe('a');
    const seen: bigint[] = [];
    for (let second = 0; second < 4; second++) {
      seen.push(...(await values('a', '/x')));
      await clock.advance(1000);
    }
    expect(seen).toEqual([1n, 1n, 2n, 2n]);
  });

  it('are collected anew for what is missing only, and come in the order of the request', async () => {
    const { started, subscribe, values } = setUp();
    await subscribe('a');
    await values('a', '/x');
    expect(await values('a', '/y', '/x', '/z')).toEqual([2n, 1n, 2n]);
    expect(started[0]?.collections[1]?.map(({ namespace }) => namespace[0]?.value)).toEqual(['y', 'z']);
  });

  it('are not shared between configurations', async () => {
    const { pool, started, subscribe } = setUp();
    await subscribe('a');
    await pool.collect('a', [request('/x', { password: 'one' })], signal);
    await pool.collect('a', [request('/x', { password: 'two' })], signal);
    expect(started[0]?.collections).toHaveLength(2);
  });

  it('are not shared between sticky tasks', async () => {
    const { started, subscribe, values } = setUp({ meta: { routing: 'sticky' } });
    await subscribe('a', 'b');
    await values('a', '/x');
    await values('b', '/x');
    expect(started.map(({ collections }) => collections.length)).toEqual([1, 1]);
  });

  it('of a dynamic metric are served together, and not for one of its instances', async () => {
    const { pool, started, subscribe, values } = setUp();
    await subscribe('a');
    const [instance] = started as [FakeInstance];
    instance.onCollect = async (requests) =>
      requests.flatMap((one) =>
        ['h1', 'h2'].map((host) =>
          sampleOf(
            one,
            1n,
            one.namespace.map((element) => ({ ...element, value: element.value === '*' ? host : element.value })),
          ),
        ),
      );
    const all = await pool.collect('a', [request('/hosts/*/load')], signal);
    expect(all[0]?.samples.map(({ namespace }) => namespace[1]?.value)).toEqual(['h1', 'h2']);
    expect(await values('a', '/hosts/*/load')).toHaveLength(2);
    expect(instance.collections).toHaveLength(1);
    await values('a', '/hosts/h1/load');
    expect(instance.collections).toHaveLength(2);
  });

  it('are not remembered of a collection that failed', async () => {
    const { started, subscribe, values } = setUp();
    await subscribe('a');
    const [instance] = started as [FakeInstance];
    const works = instance.onCollect;
    instance.onCollect = () => Promise.reject(new Error('broken'));
    await expect(values('a', '/x')).rejects.toThrow('broken');
    instance.onCollect = works;
    expect(await values('a', '/x')).toEqual([2n]);
  });
});

describe('a call', () => {
  it('fails after ten seconds, and its instance is replaced', async () => {
    const { clock, pool, started, subscribe, values } = setUp();
    await subscribe('a');
    const [instance] = started as [FakeInstance];
    instance.onCollect = () => new Promise(() => {});
    const failed = expect(values('a', '/x')).rejects.toThrow('The plugin did not answer within 10 s');
    await clock.advance(10_000);
    await failed;
    await settle();
    expect(instance.killedBecause).toBe('Passed deadline');
    expect(pool.instances.map(({ id }) => id)).toEqual([2]);
    expect(await values('a', '/x')).toEqual([1n]);
  });

  it('ends with its caller', async () => {
    const { clock, pool, started, subscribe } = setUp();
    await subscribe('a');
    const [instance] = started as [FakeInstance];
    instance.onCollect = () => new Promise(() => {});
    const caller = new AbortController();
    const collection = pool.collect('a', [request('/x')], caller.signal);
    caller.abort(new Error('task stopped'));
    await expect(collection).rejects.toThrow('task stopped');
    expect(instance.killedBecause).toBeUndefined();
    expect(clock.pending).toBe(0);
  });
});

describe('health', () => {
  const strike = async (pool: PluginPool, times: number) => {
    for (let time = 0; time < times; time++) await pool.checkHealth();
    await settle();
  };

  it('replaces an instance that fails three times in a row', async () => {
    const { pool, started, subscribe } = setUp();
    await subscribe('a');
    const [instance] = started as [FakeInstance];
    instance.onPing = () => Promise.reject(new Error('connection refused'));
    await strike(pool, 2);
    expect(pool.instances.map(({ id }) => id)).toEqual([1]);
    await strike(pool, 1);
    expect(instance.killedBecause).toBe('plugin dead');
    expect(pool.instances.map(({ id }) => id)).toEqual([2]);
  });

  it('forgets failures when an instance answers again', async () => {
    const { pool, started, subscribe } = setUp();
    await subscribe('a');
    const [instance] = started as [FakeInstance];
    const answers = [false, false, true, false, false];
    instance.onPing = async () => {
      if (!answers.shift()) throw new Error('connection refused');
    };
    await strike(pool, 5);
    expect(pool.instances.map(({ id }) => id)).toEqual([1]);
  });

  it.each([
    [3, 4],
    [0, 1],
    [-1, 6],
  ])('restarts at most %i times', async (maxRestarts, expectedStarts) => {
    const { pool, started, subscribe } = setUp({ limits: { maxRestarts } });
    await subscribe('a');
    for (let death = 0; death < 5; death++) {
      const last = started.at(-1);
      if (last) last.onPing = () => Promise.reject(new Error('dead'));
      await strike(pool, 3);
    }
    expect(started).toHaveLength(expectedStarts);
    expect(pool.instances).toHaveLength(maxRestarts < 0 ? 1 : 0);
  });

  it('gives up an instance nobody needs without a new one', async () => {
    const { pool, started, subscribe } = setUp({ meta: { concurrencyCount: 1 } });
    await subscribe('a', 'b');
    const [first] = started as [FakeInstance];
    await pool.unsubscribe('b');
    first.onPing = () => Promise.reject(new Error('dead'));
    await strike(pool, 3);
    expect(pool.instances).toHaveLength(1);
  });

  it('counts a ping that takes ten seconds as failed', async () => {
    const { clock, pool, started, subscribe } = setUp();
    await subscribe('a');
    const [instance] = started as [FakeInstance];
    instance.onPing = () => new Promise(() => {});
    const checked = pool.checkHealth();
    await clock.advance(5000);
    await pool.checkHealth();
    await clock.advance(5000);
    await checked;
    expect(instance.pings).toBe(1);
    expect(pool.instances[0]?.failedPings).toBe(1);
  });
});

describe('a closed pool', () => {
  it('ends its instances and takes nobody any more', async () => {
    const { pool, started, subscribe, values } = setUp();
    await subscribe('a', 'b');
    await pool.close('plugin unloaded');
    expect(started.map(({ killedBecause }) => killedBecause)).toEqual(['plugin unloaded', 'plugin unloaded']);
    await expect(values('a', '/x')).rejects.toThrow('could not select a plugin');
    await expect(pool.subscribe('c', signal)).rejects.toThrow('plugin pool not found');
  });
});

describe('a stream', () => {
  it('passes batches on and counts each', async () => {
    const { pool, started, subscribe } = setUp();
    await subscribe('a');
    const [instance] = started as [FakeInstance];
    const asked = request('/x');
    instance.batches = [[sampleOf(asked, 1n)], [sampleOf(asked, 2n)]];
    const limits = { taskId: 'a', maxCollectDurationNanos: 0n, maxMetricsBuffer: 0n };
    const received: bigint[] = [];
    for await (const batch of pool.stream([asked], limits, signal)) {
      received.push(...batch.map(({ timestamp }) => timestamp.unixNanos));
    }
    expect(received).toEqual([1n, 2n]);
    expect(pool.instances[0]).toMatchObject({ inFlight: 0, hitCount: 3 });
  });
});
