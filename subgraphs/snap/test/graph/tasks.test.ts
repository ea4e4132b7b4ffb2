import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SnapWorld } from './snap-world.ts';
import {
  act,
  collectManifest,
  createTask,
  mutationOf,
  nextEvent,
  passFirstFiring,
  passSeconds,
  refusalOf,
  seedManifest,
  taskOf,
  watchSubscription,
} from './task-operations.ts';

let world: SnapWorld;
let file: string;

beforeEach(async () => {
  world = await SnapWorld.open();
  file = `${world.folder}/published`;
});
afterEach(() => world[Symbol.asyncDispose]());

const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []);

it('a workflow of many branches is no reason to warn of a leak', async () => {
  await using wide = await SnapWorld.open('sqlite', { taskWorkers: 20 });
  const warnings: string[] = [];
  const listen = ({ name }: Error) => void warnings.push(name);
  process.on('warning', listen);
  const publish = Array.from({ length: 20 }, (_, index) => ({
    plugin_name: 'mock-file',
    config: { file: `${wide.folder}/published-${index}` },
  }));
  const { id } = await createTask(wide, collectManifest(['/intel/mock/bar'], { start: true }, { publish }));
  await passFirstFiring(wide, id);
  process.off('warning', listen);
  expect(await taskOf(wide, id)).toMatchObject({ hitCount: 1, failedCount: 0 });
  expect(warnings).toEqual([]);
});

describe('the task of the seed', () => {
  it('is created stopped, with its manifest in normal form (dossier 7.18)', async () => {
    const query = `mutation ($manifest: String!) { createSnapTaskFromManifest(manifest: $manifest) {
      id name state deadline maxFailures createdTime lastRunTime workflowJson
      schedule { type interval startTimestamp stopTimestamp count }
      workflow { metrics { namespace version } config { prefix values } tags { prefix }
        process { pluginName pluginVersion config target process { pluginName } publish { pluginName config } } publish { pluginName } }
    } }`;
    const manifest = JSON.stringify(seedManifest('/tmp/published'));
    expect(await world.data(query, { manifest })).toEqual({
      createSnapTaskFromManifest: {
        id: '00000000-0000-4000-8000-000000000001',
        name: 'Task-00000000-0000-4000-8000-000000000001',
        state: 'STOPPED',
        deadline: '5s',
        maxFailures: 10,
        createdTime: '2026-11-22T06:35:40.000Z',
        lastRunTime: null,
        workflowJson:
          '{"collect":{"metrics":{"/intel/mock/*/baz":{"version":1},"/intel/mock/bar":{"version":1},"/intel/mock/foo":{"version":1}},' +
          '"config":{"/intel/mock":{"name":"root","password":"secret"}},"process":[{"plugin_name":"passthru","plugin_version":0,' +
          '"publish":[{"plugin_name":"mock-file","plugin_version":0,"config":{"file":"/tmp/published"},"target":""}],"target":""}]}}',
        schedule: { type: 'WINDOWED', interval: '1s', startTimestamp: null, stopTimestamp: null, count: null },
        workflow: {
          metrics: [
            { namespace: '/intel/mock/*/baz', version: 1 },
            { namespace: '/intel/mock/bar', version: 1 },
            { namespace: '/intel/mock/foo', version: 1 },
          ],
          config: [{ prefix: '/intel/mock', values: { name: 'root', password: 'secret' } }],
          tags: [],
          process: [
            {
              pluginName: 'passthru',
              pluginVersion: 0,
              config: null,
              target: '',
              process: [],
              publish: [{ pluginName: 'mock-file', config: { file: '/tmp/published' } }],
            },
          ],
          publish: [],
        },
      },
    });
  });

  it('lives as the table says (dossier 7.21)', async () => {
    const { id } = await createTask(world, seedManifest(file));
    const refusals = async (action: Parameters<typeof mutationOf>[0]) =>
      (await world.refusal(mutationOf(action), { id })).message;
    expect(await refusals('stop')).toBe('Task is already stopped.');
    expect(await refusals('enable')).toBe('Task must be disabled');
    expect((await act(world, 'start', id)).state).toBe('RUNNING');
    expect(await refusals('start')).toBe('Task is already running.');
    expect(await refusals('remove')).toBe('Task must be stopped');
    expect(await act(world, 'stop', id)).toMatchObject({ state: 'STOPPED', lastRunTime: null });
    expect(await refusals('stop')).toBe('Task is already stopped.');
    expect((await act(world, 'remove', id)).id).toBe(id);
    expect(await world.refusal('query ($id: ID!) { snapTask(id: $id) { id } }', { id })).toMatchObject({
      code: 'SNAP_TASK_NOT_FOUND',
      message: `Task not found: ID(${id})`,
      details: { messages: [`Task not found: ID(${id})`] },
    });
  });

  it('fires at once and every second, 13 lines each time (dossier 7.22)', async () => {
    const { id } = await createTask(world, seedManifest(file, { start: true }));
    await passFirstFiring(world, id);
    await passSeconds(world, id, 2);
    expect(await taskOf(world, id)).toMatchObject({
      hitCount: 3,
      missCount: 0,
      failedCount: 0,
      lastFailureMessage: '',
      lastRunTime: '2026-11-22T06:35:42.000Z',
    });
    // bar, foo, and the ten hosts: `all` is a metric of its own beside them.
    expect(lines()).toHaveLength(3 * 13);
    expect(lines()[0]).toMatch(
      /^2026-11-22 06:35:40(\.\d+)? \+0000 UTC\|\/intel\/mock\/.+\|.+\|tags\[plugin_running_on:test-host\]$/,
    );
  });
});

describe('manifests', () => {
  it.each([
    [collectManifest(['/intel/none']), 'Metric not found: /intel/none (version: 0)'],
    [collectManifest(['/intel/mock/(foo;nosuch)']), 'Metric not found: /intel/mock/nosuch (version: 0)'],
    [collectManifest(['/intel/mock/foo'], {}, { config: {} }), 'required key missing (password)'],
    [
      collectManifest(['/intel/mock/foo'], {}, { config: { '/intel/mock': { password: 7 } } }),
      "type mismatch (password wanted type 'string' but provided type 'integer')",
    ],
    [
      collectManifest(['/intel/mock/bar'], {}, { publish: [{ plugin_name: 'x' }] }),
      'Plugin not found: type(publisher) name(x) version(-1)',
    ],
    [
      collectManifest(['/intel/mock/bar'], {}, { publish: [{ plugin_name: 'mock-file' }] }),
      'required key missing (file)',
    ],
    [
      collectManifest(['/intel/mock/foo'], {}, { config: {}, publish: [{ plugin_name: 'mock-file' }] }),
      'required key missing (password) -- required key missing (file)',
    ],
    [
      collectManifest(['/intel/mock/bar'], { schedule: { type: 'streaming' } }),
      'Plugin is incompatible with the tasks schedule type.',
    ],
    [collectManifest(['/intel/mockstream/integer']), 'Plugin is incompatible with the tasks schedule type.'],
  ])('%# is refused and leaves no task (dossier 7.19, 7.20, 7.30)', async (manifest, message) => {
    expect(await refusalOf(world, manifest)).toMatchObject({
      code: 'SNAP_TASK_INVALID',
      message,
      details: { messages: expect.any(Array) },
    });
    expect(await world.data('{ snapTasks { totalCount } }')).toEqual({ snapTasks: { totalCount: 0 } });
  });

  it('may leave required configuration to the plugin (dossier 7.20)', async () => {
    await world.data(
      'mutation { setSnapPluginConfig(type: COLLECTOR, name: "mock", version: 2, config: { values: { password: "x" } }) { json } }',
    );
    expect(await createTask(world, collectManifest(['/intel/mock/foo'], {}, { config: {} }))).toMatchObject({
      state: 'STOPPED',
    });
  });

  it('say the same as a typed input', async () => {
    const input = {
      name: 'typed',
      deadline: '8s',
      maxFailures: -1,
      maxCollectDuration: '2s',
      maxMetricsBuffer: 10,
      schedule: { type: 'WINDOWED', interval: '1500ms', startTime: '2030-01-01T00:00:00Z', count: 3 },
      workflow: {
        metrics: [{ namespace: '/intel/mock/bar' }],
        config: [
          { prefix: '/intel/mock', values: { password: 'a', n: 7, f: 1.5 } },
          { prefix: '/intel/mock', values: { password: 'b' } },
        ],
        tags: [{ prefix: '/intel', values: { a: '1' } }],
        process: [{ pluginName: 'passthru', publish: [{ pluginName: 'mock-file', config: { file } }] }],
      },
    };
    const manifest = {
      name: 'typed',
      deadline: '8s',
      'max-failures': -1,
      'max-collect-duration': '2s',
      'max-metrics-buffer': 10,
      schedule: { type: 'simple', interval: '1.5s', start_timestamp: '2030-01-01T00:00:00Z', count: 3 },
      workflow: {
        collect: {
          metrics: { '/intel/mock/bar': {} },
          config: { '/intel/mock': { password: 'b', n: 7, f: 1.5 } },
          tags: { '/intel': { a: '1' } },
          process: [{ plugin_name: 'passthru', publish: [{ plugin_name: 'mock-file', config: { file } }] }],
        },
      },
    };
    const fields = 'name state deadline maxFailures workflowJson schedule { type interval startTimestamp count }';
    const typed = await world.data<{ task: unknown }>(
      `mutation ($input: CreateSnapTaskInput!) { task: createSnapTask(input: $input) { ${fields} } }`,
      { input },
    );
    const written = await world.data<{ task: unknown }>(
      `mutation ($manifest: String!) { task: createSnapTaskFromManifest(manifest: $manifest) { ${fields} } }`,
      { manifest: JSON.stringify(manifest) },
    );
    expect(typed.task).toEqual(written.task);
    expect(typed.task).toMatchObject({ deadline: '8s', maxFailures: -1, schedule: { interval: '1.5s', count: 3 } });
  });

  it('are refused with the same texts as a typed input', async () => {
    const input = {
      schedule: { type: 'CRON', interval: '* * *' },
      workflow: { metrics: [{ namespace: '/intel/mock/bar' }] },
    };
    expect(
      await world.refusal('mutation ($input: CreateSnapTaskInput!) { createSnapTask(input: $input) { id } }', {
        input,
      }),
    ).toEqual({
      code: 'SNAP_TASK_INVALID',
      message: 'Expected 5 or 6 fields, found 3: * * *',
      details: { messages: ['Expected 5 or 6 fields, found 3: * * *'] },
    });
  });
});

describe('schedules', () => {
  it('a count of 2 is two firings; started again two more (dossier 7.25)', async () => {
    const { id } = await createTask(
      world,
      collectManifest(['/intel/mock/bar'], { schedule: { type: 'simple', interval: '1s', count: 2 }, start: true }),
    );
    for (const hitCount of [2, 4]) {
      await world.clock.advance(5_000);
      await world.until(async () => (await taskOf(world, id)).state === 'ENDED');
      expect(await taskOf(world, id)).toMatchObject({ hitCount });
      if (hitCount === 2) await act(world, 'start', id);
    }
  });

  it('a window of three firings ends the task, which is then over (dossier 7.26)', async () => {
    const at = (seconds: number) => new Date(world.clock.now() + seconds * 1000).toISOString();
    const schedule = { type: 'windowed', interval: '1s', start_timestamp: at(2), stop_timestamp: at(5) };
    const { id } = await createTask(world, collectManifest(['/intel/mock/bar'], { schedule, start: true }));
    await world.clock.advance(10_000);
    await world.until(async () => (await taskOf(world, id)).state === 'ENDED');
    expect(await taskOf(world, id)).toMatchObject({ hitCount: 3 });
    expect(await world.refusal(mutationOf('start'), { id })).toMatchObject({
      code: 'SNAP_TASK_REFUSED',
      message: 'Stop time is in the past',
    });
  });

  it('cron fires on even seconds (dossier 7.29)', async () => {
    const schedule = { type: 'cron', interval: '*/2 * * * * *' };
    const { id } = await createTask(world, collectManifest(['/intel/mock/bar'], { schedule, start: true }));
    await world.clock.advance(1_999);
    expect((await taskOf(world, id)).hitCount).toBe(0);
    await world.clock.advance(1);
    expect(await taskOf(world, id)).toMatchObject({ hitCount: 1, lastRunTime: '2026-11-22T06:35:42.000Z' });
  });
});

describe('failures', () => {
  it('publishing to a directory disables the task after max-failures (dossier 7.27)', async () => {
    const { id } = await createTask(world, seedManifest(world.folder, { 'max-failures': 2, start: true }));
    const watch = await world.subscribe(watchSubscription, { id });
    await passFirstFiring(world, id);
    await passSeconds(world, id, 1);
    await world.until(async () => (await taskOf(world, id)).state === 'DISABLED');
    const failure = `Publish call error: open ${world.folder}: is a directory`;
    expect(await taskOf(world, id)).toMatchObject({ hitCount: 2, failedCount: 2, lastFailureMessage: failure });
    await nextEvent(watch);
    await nextEvent(watch);
    expect(await nextEvent(watch)).toMatchObject({
      __typename: 'SnapTaskDisabled',
      message: `Task disabled with error: ${failure}`,
      task: { state: 'DISABLED' },
    });
    expect(await world.refusal(mutationOf('start'), { id })).toMatchObject({
      code: 'SNAP_TASK_DISABLED',
      details: { messages: ['Task is disabled. Cannot be started.'] },
    });
    expect(await act(world, 'enable', id)).toMatchObject({ state: 'STOPPED', failedCount: 2 });
  });

  it('an unknown host fails the collection (golden watch 31)', async () => {
    const { id } = await createTask(world, collectManifest(['/intel/mock/nohost/baz'], { start: true }));
    await passFirstFiring(world, id);
    expect(await taskOf(world, id)).toMatchObject({
      hitCount: 1,
      failedCount: 1,
      lastFailureMessage:
        'CollectMetrics call error : requested hostname `nohost` is not available (list of available hosts: [host0 host1 host2 host3 host4 host5 host6 host7 host8 host9])',
    });
  });
});

describe('plugins under a running task', () => {
  it('the only collector is not unloaded before the task is stopped (dossier 7.33)', async () => {
    const { id } = await createTask(world, collectManifest(['/intel/mock/bar'], { start: true }));
    const unload = (version: number) =>
      `mutation { unloadSnapPlugin(type: COLLECTOR, name: "mock", version: ${version}) { version } }`;
    await world.data(unload(2));
    expect((await world.refusal(unload(1))).message).toContain(id);
    await act(world, 'stop', id);
    expect(await world.data(unload(1))).toEqual({ unloadSnapPlugin: { version: 1 } });
  });

  it('a publisher that is unloaded fails firings until it is loaded again (dossier 4.4)', async () => {
    const { id } = await createTask(world, seedManifest(file, { start: true }));
    await passFirstFiring(world, id);
    await world.data('mutation { unloadSnapPlugin(type: PUBLISHER, name: "mock-file") { version } }');
    await passSeconds(world, id, 2);
    expect(await taskOf(world, id)).toMatchObject({ failedCount: 2, lastFailureMessage: 'plugin pool not found' });
    await world.data('mutation { loadSnapPlugin(input: { uri: "builtin:publisher/mock-file/3" }) { name } }');
    await passSeconds(world, id, 2);
    expect(await taskOf(world, id)).toMatchObject({ state: 'RUNNING', hitCount: 5, failedCount: 2 });
  });

  it('a newer version is picked up by an unpinned task, not by a pinned one (dossier 7.32)', async () => {
    await world.data('mutation { unloadSnapPlugin(type: COLLECTOR, name: "mock", version: 2) { version } }');
    const watchOf = async (version: number) => {
      const collect = { metrics: { '/intel/mock/bar': { version } } };
      const { id } = await createTask(world, collectManifest([], { start: true }, collect));
      return world.subscribe(watchSubscription, { id });
    };
    const unpinned = await watchOf(0);
    const pinned = await watchOf(1);
    await world.clock.advance(0);
    expect((await nextEvent(unpinned))?.metrics?.[0]?.data).toBeTypeOf('string');
    await nextEvent(pinned);
    await world.data('mutation { loadSnapPlugin(input: { uri: "builtin:collector/mock/2" }) { name } }');
    await world.clock.advance(1_000);
    expect((await nextEvent(unpinned))?.metrics?.[0]?.data).toBeTypeOf('number');
    expect((await nextEvent(pinned))?.metrics?.[0]?.data).toBeTypeOf('string');
  });

  it('a task shows up in the instances that serve it', async () => {
    const { id } = await createTask(world, seedManifest(file, { start: true }));
    const running = '{ snapRunningPlugins { type name version id } }';
    expect(await world.data(running)).toEqual({
      snapRunningPlugins: [
        { type: 'COLLECTOR', name: 'mock', version: 1, id: 1 },
        { type: 'PROCESSOR', name: 'passthru', version: 1, id: 1 },
        { type: 'PUBLISHER', name: 'mock-file', version: 3, id: 1 },
      ],
    });
    await act(world, 'stop', id);
    expect(await world.data(running)).toEqual({ snapRunningPlugins: [] });
  });
});

describe('watching', () => {
  it('shows collections with tags, then the stop (dossier 7.24, 7.31)', async () => {
    const tags = { '/intel/mock': { experiment: '11' }, '/intel/mock/bar': { os: 'linux' } };
    const { id } = await createTask(world, collectManifest(['/intel/mock/bar', '/intel/mock/foo'], {}, { tags }));
    const watch = await world.subscribe(watchSubscription, { id });
    await act(world, 'start', id);
    expect(await nextEvent(watch)).toMatchObject({
      __typename: 'SnapTaskStarted',
      message: '',
      task: { state: 'RUNNING' },
    });
    await world.clock.advance(0);
    const event = await nextEvent(watch);
    expect(event).toMatchObject({ __typename: 'SnapMetricsCollected', taskId: id, message: '' });
    expect(event?.metrics?.find(({ namespace }) => namespace === '/intel/mock/bar')).toEqual({
      namespace: '/intel/mock/bar',
      version: 2,
      dataType: 'INTEGER',
      data: 1077,
      dataJson: '1077',
      time: '2026-11-22T06:35:40.000Z',
      timestamp: expect.stringMatching(/^2026-11-22T06:35:40(\.\d{1,9})?Z$/),
      tags: { experiment: '11', os: 'linux', plugin_running_on: 'test-host' },
      unit: 'mock unit',
    });
    expect(event?.metrics?.find(({ namespace }) => namespace === '/intel/mock/foo')?.tags).toEqual({
      experiment: '11',
      plugin_running_on: 'test-host',
    });
    await act(world, 'stop', id);
    expect(await nextEvent(watch)).toMatchObject({ __typename: 'SnapTaskStopped', task: { state: 'STOPPED' } });
    await act(world, 'remove', id);
    expect(await nextEvent(watch)).toBeUndefined();
  });

  it('two instances of a tuple are two values (dossier 7.30)', async () => {
    const { id } = await createTask(world, collectManifest(['/intel/mock/(host0;host3)/baz'], { start: true }));
    const watch = await world.subscribe(watchSubscription, { id });
    await world.clock.advance(0);
    expect((await nextEvent(watch))?.metrics?.map(({ namespace }) => namespace)).toEqual([
      '/intel/mock/host0/baz',
      '/intel/mock/host3/baz',
    ]);
  });

  it('two config prefixes, and the deeper one overrides only its own metric (dossier 7.38)', async () => {
    const collect = {
      metrics: { '/intel/mock/foo': { version: 1 }, '/intel/mock/bar': { version: 1 } },
      config: { '/intel': { name: 'a', password: 'b' }, '/other/root': { x: 1 }, '/intel/mock/foo': { name: 'deep' } },
    };
    const { id } = await createTask(world, collectManifest([], { start: true }, collect));
    const watch = await world.subscribe(watchSubscription, { id });
    await world.clock.advance(0);
    const texts = Object.fromEntries(
      (await nextEvent(watch))?.metrics?.map(({ namespace, data }) => [namespace, data]) ?? [],
    );
    expect(texts).toEqual({
      '/intel/mock/foo': 'The mock collected data! config data: name={deep} password={b}',
      '/intel/mock/bar': 'The mock collected data! config data: name={a} password={b}',
    });
  });

  it('a task that is not there is an error, not a stream', async () => {
    await expect(world.subscribe(watchSubscription, { id: 'x' })).rejects.toThrow('Task not found: ID(x)');
  });

  it('streaming tasks send batches (dossier 7.36)', async () => {
    const manifest = collectManifest(['/intel/mockstream/integer'], { schedule: { type: 'streaming' }, start: true });
    const { id } = await createTask(world, manifest);
    const watch = await world.subscribe(watchSubscription, { id });
    const events = Promise.all([nextEvent(watch), nextEvent(watch)]);
    await world.clock.advance(3_000);
    expect((await events).map((event) => event?.__typename)).toEqual(['SnapMetricsCollected', 'SnapMetricsCollected']);
    const task = await taskOf(world, id);
    expect(task.hitCount).toBeGreaterThanOrEqual(2);
    expect(task.lastRunTime).toBeNull();
    expect(await act(world, 'stop', id)).toMatchObject({ state: 'STOPPED', failedCount: 0 });
  });
});

describe('lists', () => {
  beforeEach(async () => {
    for (const name of ['b', 'A', 'c']) {
      await createTask(world, collectManifest(['/intel/mock/bar'], { name, start: name === 'A' }));
      await world.clock.advance(1);
    }
  });

  const names = async (args: string) => {
    const { snapTasks } = await world.data<{ snapTasks: { nodes: { name: string }[] } }>(
      `{ snapTasks${args} { nodes { name } } }`,
    );
    return snapTasks.nodes.map(({ name }) => name);
  };

  it.each([
    ['', ['b', 'A', 'c']],
    ['(orderBy: CREATED_DESC)', ['c', 'A', 'b']],
    ['(orderBy: NAME_ASC)', ['A', 'b', 'c']],
    ['(filter: { states: [RUNNING] })', ['A']],
    ['(filter: { nameContains: "B" })', ['b']],
    ['(first: 2)', ['b', 'A']],
  ])('%s', async (args, expected) => {
    expect(await names(args)).toEqual(expected);
  });

  it('are pages with an honest count', async () => {
    const query =
      'query ($after: String) { snapTasks(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { name } } }';
    const first = await world.data<{ snapTasks: { pageInfo: { endCursor: string } } }>(query);
    expect(first).toMatchObject({ snapTasks: { totalCount: 3, pageInfo: { hasNextPage: true } } });
    expect(await world.data(query, { after: first.snapTasks.pageInfo.endCursor })).toMatchObject({
      snapTasks: { pageInfo: { hasNextPage: false }, nodes: [{ name: 'c' }] },
    });
  });

  it('entities are found by their key', async () => {
    const representations = [
      { __typename: 'SnapTask', id: '00000000-0000-4000-8000-000000000001' },
      { __typename: 'SnapTask', id: 'gone' },
    ];
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on SnapTask { name } } }';
    expect(await world.data(query, { representations })).toEqual({ _entities: [{ name: 'b' }, null] });
  });
});
