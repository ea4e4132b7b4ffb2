import { defaultsOf, MemoryEventBus } from '@pentagraph/kit';
import { countingIds, ManualClock, testContext } from '@pentagraph/kit/testing';
import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSnapSubgraph } from '../../src/index.ts';
import { snapSettings } from '../../src/snap-config.ts';
import { SnapWorld } from './snap-world.ts';
import { act, collectManifest, createTask, nextEvent, taskOf, watchSubscription } from './task-operations.ts';

describe.each(storageProviders)('a restart on %s', (provider) => {
  let world: SnapWorld;
  beforeEach(async () => {
    world = await SnapWorld.open(provider);
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const whole =
    'query ($id: ID!) { snapTask(id: $id) { name state deadline maxFailures workflowJson createdTime schedule { type interval startTimestamp stopTimestamp count } hitCount } }';
  const config = '{"/intel/mock":{"big":9007199254740993,"f":0.1,"i":3,"password":"s","t":true}}';
  const schedule = { type: 'windowed', interval: '1.5s', start_timestamp: '2030-01-01T00:00:00.25+02:00', count: 7 };

  it.each(['kill', 'stop'] as const)('after a %s every task is there as it was created', async (end) => {
    const manifest = JSON.stringify(
      collectManifest(['/intel/mock/foo'], { name: 'kept', deadline: '8s', 'max-failures': -1, schedule }),
    ).replace(/"config":\{.*?\}\}/, `"config":${config}`);
    const { createSnapTaskFromManifest: created } = await world.data<{ createSnapTaskFromManifest: { id: string } }>(
      'mutation ($manifest: String!) { createSnapTaskFromManifest(manifest: $manifest) { id } }',
      { manifest },
    );
    const before = await world.data<{ snapTask: { workflowJson: string } }>(whole, created);
    expect(before.snapTask.workflowJson).toContain(config);
    await world[end]();
    await world.start();
    expect(await world.data(whole, created)).toEqual(before);
  });

  it('after a kill running tasks go on, and no counter that was shown is lost', async () => {
    const { id } = await createTask(world, collectManifest(['/intel/mock/bar'], { start: true }));
    const stopped = await createTask(world, collectManifest(['/intel/mock/bar']));
    await world.clock.advance(4_500);
    const { hitCount } = await taskOf(world, id);
    await world.kill();
    await world.start();
    const resumed = await taskOf(world, id);
    expect(resumed.state).toBe('RUNNING');
    expect(resumed.hitCount).toBe(hitCount);
    expect((await taskOf(world, stopped.id)).state).toBe('STOPPED');
    const watch = await world.subscribe(watchSubscription, { id });
    await world.clock.advance(500);
    expect(await nextEvent(watch)).toMatchObject({ __typename: 'SnapMetricsCollected' });
    await world.until(async () => (await taskOf(world, id)).hitCount === resumed.hitCount + 1);
    expect((await taskOf(world, id)).lastRunTime).toBe('2026-11-22T06:35:45.000Z');
  });

  it('after a stop in good order no counter is lost', async () => {
    const { id } = await createTask(world, collectManifest(['/intel/mock/bar'], { start: true }));
    await world.clock.advance(2_200);
    await world.until(async () => (await taskOf(world, id)).hitCount === 3);
    const before = await taskOf(world, id);
    await world.stop();
    await world.start();
    expect(await taskOf(world, id)).toEqual(before);
  });

  it('a stop that was acknowledged stays, and so does a removal', async () => {
    const { id } = await createTask(world, collectManifest(['/intel/mock/bar'], { start: true }));
    const removed = await createTask(world, collectManifest(['/intel/mock/bar']));
    await act(world, 'stop', id);
    await act(world, 'remove', removed.id);
    await world.kill();
    await world.start();
    expect(await world.data('{ snapTasks { nodes { id state lastRunTime } } }')).toEqual({
      snapTasks: { nodes: [{ id, state: 'STOPPED', lastRunTime: null }] },
    });
  });

  it('a watch ends with the process', async () => {
    const { id } = await createTask(world, collectManifest(['/intel/mock/bar']));
    const watch = await world.subscribe(watchSubscription, { id });
    await world.stop();
    expect(await nextEvent(watch)).toBeUndefined();
  });
});

describe('the subgraph', () => {
  it('says how it is, what it does and what it measures; stops twice', async () => {
    await using world = await SnapWorld.open();
    await createTask(world, collectManifest(['/intel/mock/bar'], { start: true }));
    await world.clock.advance(1_000);
    const { subgraph } = world;
    expect(await subgraph.health()).toEqual({ state: 'serving' });
    expect(subgraph.describe().join('\n')).toMatch(/SQLite .*\n.*plugins.*\n.*tasks: 1/);
    const gauges = Object.fromEntries(subgraph.gauges().map(({ name, values }) => [name, values]));
    expect(gauges.snap_tasks).toContainEqual({ labels: { state: 'Running' }, value: 1 });
    expect(gauges.snap_firings_total).toEqual([{ value: 2 }]);
    expect(gauges.snap_queue_length).toContainEqual({ labels: { kind: 'collect' }, value: 0 });
    expect(gauges.snap_plugins?.length).toBeGreaterThan(0);
    expect(gauges.snap_running_plugins?.length).toBeGreaterThan(0);
    await Promise.all([subgraph.stop(), subgraph.stop()]);
    expect(await subgraph.health()).toEqual({ state: 'stopped' });
  });
});

it('a stop during the start leaves nothing that runs', async () => {
  const place = testDatabase('snap');
  const database = await place.open();
  const clock = new ManualClock();
  const subgraph = createSnapSubgraph({
    database,
    clock,
    newId: countingIds(),
    bus: new MemoryEventBus(),
    logger: testContext().logger,
    config: defaultsOf(snapSettings),
    hostName: 'test-host',
    dataDir: '/nowhere',
  });
  const started = subgraph.start();
  const refused = expect(started).rejects.toThrow('daemon exiting');
  await subgraph.stop();
  await refused;
  expect(clock.pending).toBe(0);
  expect(await subgraph.health()).toEqual({ state: 'stopped' });
  await place.dispose();
});
