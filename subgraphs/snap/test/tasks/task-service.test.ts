import { anonymous } from '@pentagraph/kit';
import { settle } from '@pentagraph/kit/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { gate } from './gate.ts';
import { sample } from './samples.ts';
import { kindsOf, TaskWorld } from './task-world.ts';

let world: TaskWorld;

beforeEach(() => {
  world = new TaskWorld();
});

const refused = (message: string, code = 'SNAP_TASK_REFUSED') => expect.objectContaining({ code, message });

describe('creation', () => {
  test('a task begins stopped, named after its id', async () => {
    const task = await world.create();
    expect(task).toMatchObject({
      id: '00000000-0000-4000-8000-000000000001',
      name: 'Task-00000000-0000-4000-8000-000000000001',
      state: 'Stopped',
      lastRunAtMs: null,
      hitCount: 0,
    });
    expect(world.store.rows.get(task.id)).toEqual(task);
    expect(world.host.subscriptions.size).toBe(0);
  });

  test('a refused manifest leaves nothing', async () => {
    world.host.missing.add('/intel/mock/foo');
    await expect(world.create()).rejects.toThrow(
      refused('Metric not found: /intel/mock/foo (version: 0)', 'SNAP_TASK_INVALID'),
    );
    expect(world.store.rows.size).toBe(0);
    expect(await world.tasks.list(world.viewer)).toEqual([]);
  });

  test('of missing plugins the first is told, after the errors of metrics', async () => {
    world.host.missing.add('a').add('b');
    await expect(world.createPublishing(['a', 'b'])).rejects.toThrow(
      refused('Plugin not found: type(publisher) name(a) version(-1)', 'SNAP_TASK_INVALID'),
    );
  });

  test('names of plugins are looked up in lower case', async () => {
    const { workflow } = await world.createPublishing(['MOCK-File']);
    expect(workflow.publish[0]?.pluginName).toBe('MOCK-File');
    world.host.missing.add('mock-file');
    await expect(world.createPublishing(['MOCK-File'])).rejects.toThrow('name(mock-file)');
  });

  test('a streaming schedule wants a streaming collector, any other does not', async () => {
    const message = 'Plugin is incompatible with the tasks schedule type.';
    await expect(world.create({ schedule: { type: 'streaming' } })).rejects.toThrow(message);
    world.host.collector = { type: 'streaming-collector', name: 'rand', version: 1 };
    await expect(world.create()).rejects.toThrow(message);
    await expect(world.create({ schedule: { type: 'streaming' } })).resolves.toMatchObject({ state: 'Stopped' });
  });

  test('a task that can be created but not started stays, stopped', async () => {
    world.host.onSubscribe = async () => {
      throw new Error('fork/exec /x: exec format error');
    };
    await expect(world.create({ start: true })).rejects.toThrow(
      refused('fork/exec /x: exec format error', 'SNAP_TASK_NOT_STARTED'),
    );
    expect(await world.tasks.list(world.viewer)).toMatchObject([{ state: 'Stopped' }]);
  });

  test('a store that refuses leaves no task', async () => {
    world.store.failure = new Error('disk full');
    await expect(world.create()).rejects.toThrow('disk full');
    expect(await world.tasks.list(world.viewer)).toEqual([]);
  });
});

describe('starting and stopping', () => {
  test('the first firing is at once, the next ones on the interval', async () => {
    const { id } = await world.create({ start: true });
    expect(world.get(id)).toMatchObject({ state: 'Running', hitCount: 0, lastRunAtMs: null });
    await world.clock.advance(3_000);
    expect(world.get(id)).toMatchObject({ hitCount: 4, missCount: 0, lastRunAtMs: world.clock.now() });
    await expect(world.start(id)).rejects.toThrow(refused('Task is already running.'));
    await expect(world.remove(id)).rejects.toThrow(refused('Task must be stopped'));
    expect(await world.stop(id)).toMatchObject({ state: 'Stopped', hitCount: 4, lastRunAtMs: null });
    expect(world.host.subscriptions.size).toBe(0);
    await expect(world.stop(id)).rejects.toThrow(refused('Task is already stopped.'));
    await world.clock.advance(5_000);
    expect(world.get(id).hitCount).toBe(4);
  });

  test('an unknown task is not found', async () => {
    await expect(world.start('x')).rejects.toThrow(refused('Task not found: ID(x)', 'SNAP_TASK_NOT_FOUND'));
    await expect(world.tasks.get(world.viewer, 'x')).rejects.toThrow(
      refused('Task not found: ID(x)', 'SNAP_TASK_NOT_FOUND'),
    );
  });

  test('a firing in progress finishes first; who waits sees that the task is stopping', async () => {
    const held = gate<readonly []>();
    world.host.onCollect = () => held.opened;
    const { id } = await world.create({ start: true });
    const watch = world.watch(id);
    await world.clock.advance(0);
    const stopping = world.stop(id);
    await world.clock.advance(300);
    expect((await stopping).state).toBe('Stopping');
    expect((await stopAgain(id)).state).toBe('Stopping');
    held.open([]);
    expect(await kindsOf(watch, 2)).toEqual(['metrics', 'stopped']);
    expect(world.get(id)).toMatchObject({ state: 'Stopped', hitCount: 1, lastRunAtMs: null });
  });

  const stopAgain = async (id: string) => {
    const answer = world.stop(id);
    await world.clock.advance(300);
    return answer;
  };

  test('a start while the task stops waits for the stop, then starts', async () => {
    const held = gate<readonly []>();
    world.host.onCollect = () => held.opened;
    const { id } = await world.create({ start: true });
    const watch = world.watch(id);
    await world.clock.advance(0);
    const stopped = world.stop(id);
    const started = world.start(id);
    await settle();
    expect(world.get(id).state).toBe('Stopping');
    held.open([]);
    expect((await started).state).toBe('Running');
    await stopped;
    expect(await kindsOf(watch, 3)).toEqual(['metrics', 'stopped', 'started']);
  });

  test('a store that refuses the start leaves the task stopped and its plugins free', async () => {
    const { id } = await world.create();
    world.store.failure = new Error('disk full');
    await expect(world.start(id)).rejects.toThrow('disk full');
    expect(world.get(id)).toMatchObject({ state: 'Stopped', startedAtMs: null });
    expect(world.host.subscriptions.size).toBe(0);
  });

  test('a store that refuses the stop leaves the task running, with what it counted meanwhile', async () => {
    const { id } = await world.create({ start: true });
    await world.clock.advance(0);
    const update = world.store.update.bind(world.store);
    const writing = gate();
    world.store.update = (tasks) => writing.opened.then(() => update(tasks));
    const stopped = world.stop(id);
    const refusal = expect(stopped).rejects.toThrow('disk full');
    await world.clock.advance(1_000);
    writing.fail(new Error('disk full'));
    await refusal;
    world.store.update = update;
    expect(world.get(id)).toMatchObject({ state: 'Running', hitCount: 2, lastRunAtMs: world.clock.now() });
    await world.clock.advance(1_000);
    expect(world.get(id).hitCount).toBe(3);
  });

  test('a schedule that is over is not started', async () => {
    const stop = new Date(world.clock.now() + 5_000).toISOString();
    const { id } = await world.create({ schedule: { type: 'windowed', interval: '1s', stop_timestamp: stop } });
    await world.clock.advance(6_000);
    await expect(world.start(id)).rejects.toThrow(refused('Stop time is in the past'));
  });

  test('fifty tasks at once: no deadlock, ids unique, counts right (dossier 7.47)', async () => {
    const created = await Promise.all(Array.from({ length: 50 }, () => world.create({ start: true })));
    const ids = created.map(({ id }) => id);
    expect(new Set(ids).size).toBe(50);
    await world.clock.advance(1_000);
    const counts = await Promise.all(ids.map(async (id) => (await world.stop(id)).hitCount));
    expect(new Set(counts)).toEqual(new Set([2]));
    await Promise.all(ids.map(world.remove));
    expect(world.store.rows.size).toBe(0);
    expect(world.host.subscriptions.size).toBe(0);
  });

  test('contradicting requests at once end in a state of the table', async () => {
    const { id } = await world.create();
    const requests = Array.from({ length: 40 }, (_, index) => (index % 2 ? world.stop(id) : world.start(id)));
    const settled = Promise.allSettled(requests);
    await world.clock.advance(1_000);
    const outcomes = await settled;
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(20);
    expect(['Running', 'Stopped']).toContain(world.get(id).state);
    expect(world.host.subscriptions.size).toBe(world.get(id).state === 'Running' ? 1 : 0);
  });
});

describe('the end of a schedule', () => {
  test('a count ends the task; started again it counts again (dossier 7.25)', async () => {
    const { id } = await world.create({ schedule: { type: 'simple', interval: '1s', count: 2 }, start: true });
    const watch = world.watch(id);
    await world.clock.advance(10_000);
    expect(world.get(id)).toMatchObject({ state: 'Ended', hitCount: 2, lastRunAtMs: world.clock.now() - 9_000 });
    expect(await kindsOf(watch, 3)).toEqual(['metrics', 'metrics', 'ended']);
    await expect(world.stop(id)).rejects.toThrow(refused('Task is ended. Only running tasks can be stopped.'));
    await expect(world.enable(id)).rejects.toThrow(refused('Task must be disabled'));
    await world.start(id);
    await world.clock.advance(10_000);
    expect(world.get(id)).toMatchObject({ state: 'Ended', hitCount: 4 });
    await world.remove(id);
    expect(await kindsOf(watch, 5)).toEqual(['started', 'metrics', 'metrics', 'ended', 'end']);
  });
});

describe('failures', () => {
  beforeEach(() => {
    world.host.onPublish = async () => {
      throw new Error('Publish call error: open /tmp: is a directory');
    };
  });

  test('as many failed firings in a row as allowed disable the task (dossier 7.27)', async () => {
    const { id } = await world.createPublishing(['mock-file'], { 'max-failures': 2, start: true });
    const watch = world.watch(id);
    await world.clock.advance(5_000);
    expect(world.get(id)).toMatchObject({
      state: 'Disabled',
      hitCount: 2,
      failedCount: 2,
      lastFailureMessage: 'Publish call error: open /tmp: is a directory',
      lastRunAtMs: world.clock.now() - 4_000,
    });
    expect(await kindsOf(watch, 2)).toEqual(['metrics', 'metrics']);
    expect((await watch.next()).value).toMatchObject({
      kind: 'disabled',
      message: 'Task disabled with error: Publish call error: open /tmp: is a directory',
    });
    expect(world.host.subscriptions.size).toBe(0);
    await expect(world.start(id)).rejects.toThrow(
      refused('Task is disabled. Cannot be started.', 'SNAP_TASK_DISABLED'),
    );
    await expect(world.stop(id)).rejects.toThrow(refused('Task is disabled. Only running tasks can be stopped.'));
    expect(await world.enable(id)).toMatchObject({ state: 'Stopped', failedCount: 2 });
    expect(world.get(id).lastRunAtMs).not.toBeNull();
    await expect(world.enable(id)).rejects.toThrow(refused('Task must be disabled'));
    await world.start(id);
    await world.clock.advance(0);
    expect(world.get(id)).toMatchObject({ state: 'Running', failedCount: 3 });
  });

  test('ten is the default, and a success in between starts the count anew', async () => {
    const { id } = await world.createPublishing(['mock-file'], { start: true });
    await world.clock.advance(8_000);
    expect(world.get(id)).toMatchObject({ state: 'Running', failedCount: 9, consecutiveFailures: 9 });
    const fails = world.host.onPublish;
    world.host.onPublish = async () => {};
    await world.clock.advance(1_000);
    expect(world.get(id)).toMatchObject({ failedCount: 9, consecutiveFailures: 0 });
    expect(world.get(id).lastFailureMessage).not.toBe('');
    world.host.onPublish = fails;
    await world.clock.advance(10_000);
    expect(world.get(id)).toMatchObject({ state: 'Disabled', failedCount: 19, hitCount: 20 });
  });

  test('a negative number never disables (dossier 7.28)', async () => {
    const { id } = await world.createPublishing(['mock-file', 'other'], { 'max-failures': -1, start: true });
    await world.clock.advance(49_000);
    expect(world.get(id)).toMatchObject({ state: 'Running', hitCount: 50, failedCount: 100 });
  });

  test('a firing that fails while the task is stopped does not disable it', async () => {
    const held = gate();
    world.host.onPublish = () => held.opened;
    const { id } = await world.createPublishing(['mock-file'], { 'max-failures': 1, start: true });
    await world.clock.advance(0);
    const stopped = world.stop(id);
    await settle();
    held.fail(new Error('too late'));
    expect(await stopped).toMatchObject({ state: 'Stopped', failedCount: 1, lastFailureMessage: 'too late' });
  });

  test('a cron entry without any match disables the task', async () => {
    const { id } = await world.create({ schedule: { type: 'cron', interval: '0 0 0 30 2 *' }, start: true });
    const watch = world.watch(id);
    expect((await watch.next()).value).toMatchObject({
      kind: 'disabled',
      message: 'Task disabled with error: Cron entry never matches: 0 0 0 30 2 *',
    });
    expect(world.get(id).state).toBe('Disabled');
  });
});

describe('a plugin world that changes under a running task', () => {
  test('a lost publisher fails firings, and the task recovers when it is back (dossier 4.4)', async () => {
    const { id } = await world.createPublishing(['mock-file'], { start: true });
    await world.clock.advance(0);
    world.host.lose('mock-file');
    await world.clock.advance(2_000);
    expect(world.get(id)).toMatchObject({ failedCount: 2, lastFailureMessage: 'plugin pool not found' });
    world.host.regain('mock-file');
    await world.clock.advance(2_000);
    expect(world.get(id)).toMatchObject({ hitCount: 5, failedCount: 2, consecutiveFailures: 0 });
    expect(world.host.subscriptions.get(id)).toEqual(['collector:mock:1', 'publisher:mock-file:1']);
  });

  test('a newer collector is picked up live (dossier 7.32)', async () => {
    const { id } = await world.create({ start: true });
    await world.clock.advance(0);
    world.host.collector = { ...world.host.collector, version: 2 };
    world.host.revision++;
    await world.clock.advance(1_000);
    expect(world.host.subscriptions.get(id)).toEqual(['collector:mock:2']);
  });

  test('a metric that went is an error of the next firing', async () => {
    const { id } = await world.create({ start: true });
    await world.clock.advance(0);
    world.host.lose('/intel/mock/foo');
    await world.clock.advance(1_000);
    expect(world.get(id).lastFailureMessage).toBe('Metric not found: /intel/mock/foo (version: 0)');
  });

  test('it is told which started tasks ask for which metrics', async () => {
    const { id } = await world.create({ start: true });
    await world.create();
    expect(world.tasks.startedTasks()).toEqual([{ id, requested: [{ namespace: '/intel/mock/foo', version: 0 }] }]);
  });
});

describe('load', () => {
  test('a queue that is full fails firings with its text', async () => {
    world = new TaskWorld({ size: 1, workers: 1 });
    const held = gate<readonly []>();
    world.host.onCollect = () => held.opened;
    const tasks = await Promise.all([1, 2, 3].map(() => world.create({ start: true })));
    await world.clock.advance(0);
    const failures = tasks.map(({ id }) => world.get(id).lastFailureMessage);
    expect(failures.toSorted()).toEqual(['', '', 'limit exceeded']);
    held.open([]);
  });

  test('a firing that could not begin before its deadline is refused', async () => {
    world = new TaskWorld({ size: 9, workers: 1 });
    const held = gate<readonly []>();
    world.host.onCollect = () => held.opened;
    await world.create({ start: true });
    const { id } = await world.create({ start: true, deadline: '2s' });
    await world.clock.advance(2_500);
    held.open([]);
    await settle();
    expect(world.get(id)).toMatchObject({ hitCount: 1, lastFailureMessage: 'Worker refused to run overdue job.' });
  });

  test('a firing longer than its interval misses whole intervals', async () => {
    const held = gate<readonly []>();
    world.host.onCollect = () => held.opened;
    const { id } = await world.create({ start: true });
    await world.clock.advance(2_500);
    held.open([]);
    await world.clock.advance(500);
    expect(world.get(id)).toMatchObject({ hitCount: 2, missCount: 2 });
  });

  test('a thousand one-second tasks miss nothing and write once a second', async () => {
    await Promise.all(Array.from({ length: 1_000 }, () => world.create({ start: true })));
    const { updates } = world.store;
    await world.clock.advance(2_000);
    const tasks = world.tasks.tasks();
    expect(tasks.every(({ hitCount, missCount, failedCount }) => hitCount === 3 && missCount + failedCount === 0)).toBe(
      true,
    );
    expect(world.store.updates - updates).toBeLessThanOrEqual(2);
  });
});

describe('watching', () => {
  test('nothing is built while nobody watches, nothing is replayed', async () => {
    world.host.onCollect = async () => [sample()];
    const { id } = await world.create({ start: true });
    await world.clock.advance(5_000);
    const watch = world.watch(id);
    await world.clock.advance(1_000);
    expect((await watch.next()).value).toMatchObject({ kind: 'metrics', atMs: world.clock.now(), samples: [sample()] });
  });

  test('a hundred watchers are independent; those that leave cost nothing (dossier 7.48)', async () => {
    const { id } = await world.create();
    const leaving = Array.from({ length: 50 }, () => new AbortController());
    const staying = Array.from({ length: 50 }, () => world.watch(id));
    const left = leaving.map(({ signal }) => world.watch(id, signal));
    for (const watcher of leaving) watcher.abort();
    await world.start(id);
    expect(await Promise.all(staying.map((watch) => kindsOf(watch, 1)))).toEqual(staying.map(() => ['started']));
    expect(await Promise.all(left.map((watch) => kindsOf(watch, 1)))).toEqual(left.map(() => ['end']));
  });

  test('a watcher that never reads is dropped with an error, the others are not', async () => {
    const { id } = await world.create({ start: true });
    const slow = world.watch(id);
    const quick = world.watch(id);
    let seen = 0;
    const reading = (async () => {
      for await (const event of quick) if (event.kind === 'metrics') seen++;
    })();
    await world.clock.advance(300_000);
    await world.tasks.close();
    await reading;
    expect(seen).toBe(301);
    await expect(kindsOf(slow, 301)).rejects.toThrow('fell 256 events behind');
  });

  test('a task that is not there cannot be watched', () => {
    expect(() => world.watch('x')).toThrow(refused('Task not found: ID(x)', 'SNAP_TASK_NOT_FOUND'));
  });

  test('a watch whose caller is gone already ends at once', async () => {
    const { id } = await world.create();
    expect(await kindsOf(world.watch(id, AbortSignal.abort()), 1)).toEqual(['end']);
  });
});

describe('access', () => {
  test.each(['list', 'get', 'create', 'start', 'stop', 'enable', 'remove', 'watch'] as const)(
    '%s needs a role',
    async (request) => {
      const { id } = await world.create();
      const call = async () => {
        if (request === 'list') return world.tasks.list(anonymous);
        if (request === 'create') return world.tasks.create(anonymous, null);
        if (request === 'watch') return world.tasks.watch(anonymous, id, new AbortController().signal);
        return world.tasks[request](anonymous, id);
      };
      await expect(call()).rejects.toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    },
  );
});

describe('the end of the process', () => {
  test('firings in progress finish, counters are stored, watches end, tasks stay running', async () => {
    const held = gate<readonly []>();
    world.host.onCollect = () => held.opened;
    const { id } = await world.create({ start: true });
    const watch = world.watch(id);
    await world.clock.advance(0);
    const closed = world.tasks.close();
    await settle();
    held.open([]);
    await closed;
    expect(world.store.rows.get(id)).toMatchObject({ state: 'Running', hitCount: 1 });
    expect(await kindsOf(watch, 2)).toEqual(['metrics', 'end']);
    await expect(world.create({ start: true })).rejects.toThrow('Scheduler is not started.');
    expect((await world.stop(id)).state).toBe('Stopping');
    await expect(world.start(id)).rejects.toThrow('Scheduler is not started.');
  });

  test('a start that is under way then is over before the end', async () => {
    const { id } = await world.create();
    const update = world.store.update.bind(world.store);
    const writing = gate();
    world.store.update = (tasks) => writing.opened.then(() => update(tasks));
    const started = world.start(id);
    await settle();
    const closed = world.tasks.close();
    await settle();
    writing.open();
    await Promise.all([started, closed]);
    world.host.calls.length = 0;
    await world.clock.advance(5_000);
    expect(world.host.calls).toEqual([]);
    expect(world.clock.pending).toBe(0);
  });

  test('a plugin that hangs is given up on after a grace period', async () => {
    world.host.onCollect = (signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
    const { id } = await world.create({ start: true });
    await world.clock.advance(0);
    const closed = world.tasks.close();
    await world.clock.advance(5_000);
    await closed;
    expect(world.store.rows.get(id)).toMatchObject({ state: 'Running', hitCount: 0, failedCount: 0 });
  });

  test('running tasks go on, on their grid; those that were stopping are stopped', async () => {
    const running = await world.create({ start: true });
    const stopping = await world.create({ start: true });
    await world.clock.advance(2_000);
    await world.clock.advance(1_500);
    world.store.rows.set(stopping.id, { ...world.get(stopping.id), state: 'Stopping' });
    await world.restart();
    expect(world.get(stopping.id)).toMatchObject({ state: 'Stopped', lastRunAtMs: null });
    expect(world.store.rows.get(stopping.id)?.state).toBe('Stopped');
    const { hitCount } = world.get(running.id);
    await world.clock.advance(500);
    expect(world.get(running.id)).toMatchObject({ state: 'Running', hitCount: hitCount + 1 });
    expect(world.get(running.id).lastRunAtMs).toBe((running.startedAtMs ?? 0) + 4_000);
  });

  test('a count does not begin again, and what the pause swallowed counts as missed', async () => {
    const { id } = await world.create({ schedule: { type: 'simple', interval: '1s', count: 6 }, start: true });
    await world.clock.advance(1_000);
    await world.tasks.close();
    await world.clock.advance(2_500);
    await world.restart();
    await world.clock.advance(10_000);
    expect(world.get(id)).toMatchObject({ state: 'Ended', hitCount: 4, missCount: 2 });
  });

  test('a task whose plugins are gone is resumed and fails until they are back', async () => {
    const { id } = await world.createPublishing(['mock-file'], { start: true });
    await world.tasks.close();
    world.host.lose('mock-file');
    await world.restart();
    await world.clock.advance(1_000);
    expect(world.get(id)).toMatchObject({
      state: 'Running',
      lastFailureMessage: 'Plugin not found: type(publisher) name(mock-file) version(-1)',
    });
    world.host.regain('mock-file');
    await world.clock.advance(1_000);
    expect(world.get(id).consecutiveFailures).toBe(0);
  });
});

describe('a streaming task', () => {
  /** Created, watched, then started. */
  const startWatched = async () => {
    const limits = { 'max-collect-duration': '2s', 'max-metrics-buffer': 10 };
    const { id } = await world.create({ schedule: { type: 'streaming' }, ...limits });
    const watch = world.watch(id);
    await world.start(id);
    return { id, watch };
  };

  beforeEach(() => {
    world.host.collector = { type: 'streaming-collector', name: 'rand', version: 1 };
  });

  test('every batch is a hit and an event; the limits reach the plugin; a broken stream is a failure and a new try', async () => {
    const connections: unknown[] = [];
    world.host.onStream = async function* (limits) {
      connections.push(limits);
      yield [sample()];
      yield [sample(), sample()];
      throw new Error('connection broken');
    };
    const { id, watch } = await startWatched();
    expect(await kindsOf(watch, 3)).toEqual(['started', 'metrics', 'metrics']);
    await settle();
    expect(world.get(id)).toMatchObject({
      state: 'Running',
      hitCount: 2,
      failedCount: 1,
      lastFailureMessage: 'connection broken',
      lastRunAtMs: null,
    });
    expect(connections).toEqual([{ taskId: id, maxCollectDurationNanos: 2_000_000_000n, maxMetricsBuffer: 10n }]);
    await world.clock.advance(2_999);
    expect(connections).toHaveLength(1);
    await world.clock.advance(1);
    expect(connections).toHaveLength(2);
    expect(world.get(id)).toMatchObject({ hitCount: 4 });
  });

  test('each batch meets the plugins of its moment; a newer collector takes over without a failure', async () => {
    const batches = [gate(), gate(), gate(), gate(), gate()];
    let next = 0;
    world.host.onStream = async function* () {
      for (let batch = batches[next++]; batch; batch = batches[next++]) {
        await batch.opened;
        yield [sample()];
      }
    };
    const { id } = await world.createPublishing(['file'], { schedule: { type: 'streaming' }, start: true });
    const pass = async (index: number) => {
      batches[index]?.open();
      await settle();
    };
    world.host.lose('file');
    await pass(0);
    expect(world.get(id)).toMatchObject({ hitCount: 1, failedCount: 1, lastFailureMessage: 'plugin pool not found' });
    world.host.regain('file');
    await pass(1);
    world.host.collector = { type: 'streaming-collector', name: 'rand', version: 2 };
    world.host.revision++;
    await pass(2);
    await pass(3);
    expect(world.get(id)).toMatchObject({ hitCount: 4, failedCount: 1, consecutiveFailures: 0 });
    expect(world.host.calls.filter((call) => call.startsWith('stream'))).toEqual(['stream rand 1', 'stream rand 2']);
    expect(world.host.subscriptions.get(id)).toEqual(['streaming-collector:rand:2', 'publisher:file:1']);
  });

  test('a stream that never comes disables the task', async () => {
    world.host.onStream = () => {
      throw new Error('no such stream');
    };
    const { id, watch } = await startWatched();
    await world.clock.advance(30_000);
    expect(await kindsOf(watch, 2)).toEqual(['started', 'disabled']);
    expect(world.get(id)).toMatchObject({ state: 'Disabled', hitCount: 0, failedCount: 10 });
  });

  test('is stopped while it waits for a batch', async () => {
    world.host.onStream = async function* (_, signal) {
      yield [sample()];
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
    };
    const { id, watch } = await startWatched();
    expect(await kindsOf(watch, 2)).toEqual(['started', 'metrics']);
    expect(await world.stop(id)).toMatchObject({ state: 'Stopped', hitCount: 1, failedCount: 0 });
    expect(await kindsOf(watch, 1)).toEqual(['stopped']);
  });
});
