import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SnapClient } from '@pentagraph/prisma';
import { testDatabase } from '@pentagraph/prisma/testing';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigValues } from '../../src/metrics/metric.ts';
import { namespaceText, valuesOf } from '../../src/metrics/namespace.ts';
import type { CollectGroup, CollectSettings, PluginHost } from '../../src/plugins/plugin-host.ts';
import { signal, startedWorld, viewer } from './world-fixture.ts';

const place = testDatabase('snap');
let client: SnapClient;

beforeEach(async () => {
  client ??= (await place.open()).client;
  await client.snapPlugin.deleteMany();
  await client.snapPluginConfig.deleteMany();
});
afterAll(() => place.dispose());

const settings = (
  config: CollectSettings['config'] = { '/intel/mock': { password: 'secret' } },
  tags: CollectSettings['tags'] = {},
): CollectSettings => ({ config, tags });

const resolve = (host: PluginHost, namespace: string, version = 0, given = settings()) =>
  host.resolveMetrics([{ namespace, version }], given);

/** The configuration that `/intel/mock/foo` is collected with. */
const configOf = (host: PluginHost, config: CollectSettings['config']): ConfigValues | undefined =>
  resolve(host, '/intel/mock/foo', 1, settings(config)).groups[0]?.requests[0]?.config;

async function subscribed(world: Awaited<ReturnType<typeof startedWorld>>, group: CollectGroup, ...tasks: string[]) {
  for (const task of tasks) await world.host.subscribe(task, [group.plugin.meta], signal);
}

const only = (groups: readonly CollectGroup[]): CollectGroup => {
  const [group, another] = groups;
  if (!group || another) throw new Error('exactly one group expected');
  return group;
};

describe('resolving metrics', () => {
  it('groups requests by plugin, each metric once', async () => {
    const { host } = await startedWorld(client);
    const { groups, errors } = host.resolveMetrics(
      [
        { namespace: '/intel/mock/foo', version: 1 },
        { namespace: '/intel/mock/(foo;bar)', version: 1 },
        { namespace: '/intel/mock/bar', version: 0 },
        { namespace: '/pentagraph/host/uptime', version: 0 },
      ],
      settings(),
    );
    expect(errors).toEqual([]);
    expect(
      groups.map(({ plugin, requests }) => [
        `${plugin.meta.name} ${plugin.meta.version}`,
        requests.map(({ namespace }) => namespaceText(valuesOf(namespace))),
      ]),
    ).toEqual([
      ['mock 1', ['/intel/mock/foo', '/intel/mock/bar']],
      ['mock 2', ['/intel/mock/bar']],
      ['host 1', ['/pentagraph/host/uptime']],
    ]);
  });

  it.each([
    ['/intel/none', 0, {}, ['Metric not found: /intel/none (version: 0)']],
    ['/intel/mock/(foo;nosuch)', 0, { '/': { password: 'x' } }, ['Metric not found: /intel/mock/nosuch (version: 0)']],
    ['/intel/mock/foo', 0, {}, ['required key missing (password)']],
    [
      '/intel/mock/foo',
      0,
      { '/intel/mock': { password: 5n } },
      ["type mismatch (password wanted type 'string' but provided type 'integer')"],
    ],
    ['/intel/mock/*', 0, {}, ['required key missing (password)']],
  ])('%s version %i with %o answers errors', async (namespace, version, config, errors) => {
    const { host } = await startedWorld(client);
    expect(resolve(host, namespace, version, settings(config)).errors).toEqual(errors);
  });

  it('still collects what is right beside what is wrong', async () => {
    const { host } = await startedWorld(client);
    const { groups, errors } = resolve(host, '/intel/mock/*', 1, settings({}));
    expect(errors).toHaveLength(1);
    expect(only(groups).requests).toHaveLength(3);
  });

  it('merges configuration: rules, then what is stored, then the task, deeper prefixes winning', async () => {
    const world = await startedWorld(client);
    const { host, config } = world;
    expect(configOf(host, { '/intel': { password: 'a', x: 1n } })).toEqual({ name: 'bob', password: 'a', x: 1n });
    await config.set(viewer, { type: 'collector', name: 'mock', version: 1 }, { name: 'stored', password: 'stored' });
    expect(configOf(host, {})).toEqual({ name: 'stored', password: 'stored' });
    expect(configOf(host, { '/intel/mock/foo': { password: 'deep' }, '/intel': { password: 'a', x: 1n } })).toEqual({
      name: 'stored',
      password: 'deep',
      x: 1n,
    });
  });

  it('lets a deeper prefix change its own metric only, and prefixes have different roots', async () => {
    const { host } = await startedWorld(client);
    const config = {
      '/other/root': { y: 1n },
      '/intel/mock': { password: 'a' },
      '/intel/mock/bar': { password: 'b' },
      '/intel/moc': { z: 1n },
    };
    const { requests } = only(resolve(host, '/intel/mock/(foo;bar)', 1, settings(config)).groups);
    expect(requests.map((request) => request.config)).toEqual([{ name: 'bob', password: 'a' }, { password: 'b' }]);
  });

  it('counts its revision up for loads, unloads and stored configuration', async () => {
    const { host, config, load, unload } = await startedWorld(client);
    const seen = new Set([host.revision]);
    await unload('collector', 'mock', 2);
    seen.add(host.revision);
    await load('collector/mock/2');
    seen.add(host.revision);
    await config.set(viewer, { type: 'collector', name: 'mock', version: 1 }, { a: 'b' });
    seen.add(host.revision);
    expect(seen.size).toBe(4);
  });
});

describe('resolving processors and publishers', () => {
  it.each([
    ['publisher', 'nosuch', 2, 'Plugin not found: type(publisher) name(nosuch) version(2)'],
    ['publisher', 'nosuch', 0, 'Plugin not found: type(publisher) name(nosuch) version(-1)'],
    ['publisher', 'mock-file', 0, 'required key missing (file)'],
  ] as const)('%s %s version %i is refused', async (type, name, version, message) => {
    const { host } = await startedWorld(client);
    expect(() => host.resolveNode({ type, name, version }, {})).toThrow(message);
  });

  it('takes stored configuration', async () => {
    const { host, config } = await startedWorld(client);
    await config.set(viewer, { type: 'publisher', name: 'mock-file', version: 3 }, { file: '/stored' });
    const { plugin, config: effective } = host.resolveNode({ type: 'publisher', name: 'mock-file', version: 0 }, {});
    expect(plugin.meta).toMatchObject({ name: 'mock-file', version: 3 });
    expect(effective).toEqual({ file: '/stored' });
  });
});

describe('running a workflow', () => {
  it('tags what is collected with the host, the operator and the workflow, deeper prefixes winning', async () => {
    const world = await startedWorld(client, { tags: { '/': { site: 'lab', k: 'global' }, '/other': { no: 'x' } } });
    const tags = { '/intel': { k: 'task' }, '/intel/mock/bar': { deep: 'yes' } };
    const group = only(resolve(world.host, '/intel/mock/(foo;bar)', 1, settings(undefined, tags)).groups);
    await subscribed(world, group, 'a');
    const samples = await world.host.collect('a', group, signal);
    expect(samples.map((sample) => sample.tags)).toEqual([
      { plugin_running_on: 'vm', site: 'lab', k: 'task' },
      { plugin_running_on: 'vm', site: 'lab', k: 'task', deep: 'yes' },
    ]);
  });

  it('shares cached values between tasks without sharing their tags', async () => {
    const world = await startedWorld(client);
    const groupOf = (tag: string) =>
      only(resolve(world.host, '/intel/mock/bar', 1, settings(undefined, { '/': { task: tag } })).groups);
    await subscribed(world, groupOf('a'), 'a', 'b');
    const [first] = await world.host.collect('a', groupOf('a'), signal);
    await world.clock.advance(400);
    const [second] = await world.host.collect('b', groupOf('b'), signal);
    expect(second?.timestamp).toEqual(first?.timestamp);
    expect([first?.tags?.task, second?.tags?.task]).toEqual(['a', 'b']);
  });

  it('shows running instances, their calls and the last of them', async () => {
    const world = await startedWorld(client);
    const group = only(resolve(world.host, '/intel/mock/bar', 1).groups);
    await subscribed(world, group, 'a');
    expect(world.plugins.running(viewer)).toEqual([
      {
        type: 'collector',
        name: 'mock',
        version: 1,
        id: 1,
        hitCount: 0,
        lastHitAtMs: world.clock.now(),
        pprofPort: '',
      },
    ]);
    for (let second = 0; second < 3; second++) {
      await world.host.collect('a', group, signal);
      await world.clock.advance(1000);
    }
    expect(world.plugins.running(viewer, { type: 'collector' })).toMatchObject([{ hitCount: 2 }]);
    await world.host.unsubscribe('a');
    expect(world.plugins.running(viewer)).toEqual([]);
  });

  it('runs any number of tasks on a sticky built-in plugin, each on an instance of its own', async () => {
    const world = await startedWorld(client);
    const group = only(resolve(world.host, '/intel/mock/bar', 2).groups);
    await subscribed(world, group, 'a', 'b', 'c', 'd');
    for (const task of ['a', 'b', 'c', 'd']) expect(await world.host.collect(task, group, signal)).toHaveLength(1);
    expect(world.plugins.running(viewer).map(({ hitCount }) => hitCount)).toEqual([1, 1, 1, 1]);
  });

  it('fails with `plugin pool not found` while a publisher is unloaded, and recovers when it is loaded again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pentagraph-host-'));
    const file = join(folder, 'published');
    const world = await startedWorld(client);
    const group = only(resolve(world.host, '/intel/mock/bar', 1).groups);
    const node = world.host.resolveNode({ type: 'publisher', name: 'mock-file', version: 0 }, { file });
    await world.host.subscribe('a', [group.plugin.meta, node.plugin.meta], signal);
    const samples = await world.host.collect('a', group, signal);
    await world.host.publish('a', node, samples, signal);
    await world.unload('publisher', 'mock-file');
    await expect(world.host.publish('a', node, samples, signal)).rejects.toThrow('plugin pool not found');
    await world.load('publisher/mock-file/3');
    await world.host.publish('a', node, samples, signal);
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(3);
    await rm(folder, { recursive: true });
  });

  it('moves a task to the plugins it needs now when it subscribes again', async () => {
    const world = await startedWorld(client);
    const [old, now] = [1, 2].map((version) => only(resolve(world.host, '/intel/mock/bar', version).groups));
    if (!old || !now) throw new Error('two groups expected');
    await subscribed(world, old, 'a');
    await subscribed(world, now, 'a');
    expect(world.plugins.running(viewer).map(({ version }) => version)).toEqual([2]);
  });

  it('leaves the subscriptions of a task as they were when one of them fails', async () => {
    const world = await startedWorld(client);
    const group = only(resolve(world.host, '/intel/mock/bar', 1).groups);
    await expect(
      world.host.subscribe('a', [group.plugin.meta, { type: 'publisher', name: 'nosuch', version: 1 }], signal),
    ).rejects.toThrow('Plugin not found: type(publisher) name(nosuch) version(1)');
    await expect(world.host.subscribe('a', [group.plugin.meta], AbortSignal.abort(new Error('gone')))).rejects.toThrow(
      'gone',
    );
    expect(world.plugins.running(viewer)).toEqual([]);
  });

  it('does not run a plugin that is unloaded while a task subscribes', async () => {
    const world = await startedWorld(client);
    const group = only(resolve(world.host, '/intel/mock/bar', 1).groups);
    const publisher = { type: 'publisher', name: 'mock-file', version: 3 } as const;
    const subscribing = world.host.subscribe('a', [group.plugin.meta, publisher], signal);
    const unloading = world.unload('publisher', 'mock-file');
    await Promise.allSettled([subscribing, unloading]);
    expect(world.plugins.running(viewer, { type: 'publisher' })).toEqual([]);
  });

  it('streams batches with tags until the plugin is unloaded', async () => {
    const world = await startedWorld(client);
    const group = only(resolve(world.host, '/intel/mockstream/*', 1, settings({})).groups);
    await subscribed(world, group, 'a');
    const limits = { taskId: 'a', maxCollectDurationNanos: 0n, maxMetricsBuffer: 0n };
    const batches = world.host.stream(group, limits, signal)[Symbol.asyncIterator]();
    const first = batches.next();
    await world.clock.advance(1000);
    const { value } = await first;
    expect(value).toHaveLength(3);
    expect(value[0].tags).toEqual({ plugin_running_on: 'vm' });
    const broken = expect(batches.next()).rejects.toThrow('plugin was ended: plugin unloaded');
    await world.unload('streaming-collector', 'mock-stream');
    await broken;
    await expect(world.host.stream(group, limits, signal)[Symbol.asyncIterator]().next()).rejects.toThrow(
      'plugin pool not found',
    );
  });

  it('ends every instance and every timer when it stops', async () => {
    const world = await startedWorld(client);
    await subscribed(world, only(resolve(world.host, '/intel/mock/bar', 1).groups), 'a');
    await world.clock.advance(5000);
    await world.stop();
    await world.stop();
    expect(world.plugins.running(viewer)).toEqual([]);
    expect(world.clock.pending).toBe(0);
  });
});
