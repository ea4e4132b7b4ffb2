import { anonymous } from '@pentagraph/kit';
import type { SnapClient } from '@pentagraph/prisma';
import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { signal, startedWorld, viewer } from './world-fixture.ts';

const all = [
  'collector/mock/1',
  'collector/mock/2',
  'streaming-collector/mock-stream/1',
  'collector/host/1',
  'processor/passthru/1',
  'publisher/mock-file/3',
  'publisher/file/1',
  'publisher/console/1',
];

describe.each(storageProviders)('plugins on %s', (provider) => {
  const place = testDatabase('snap', provider);
  let client: SnapClient;

  beforeEach(async () => {
    client ??= (await place.open()).client;
    await client.snapPlugin.deleteMany();
    await client.snapPluginConfig.deleteMany();
  });
  afterAll(() => place.dispose());

  describe('at the first start', () => {
    it.each<['all' | 'none' | readonly string[], readonly string[]]>([
      ['all', all],
      ['none', []],
      [
        ['publisher/file/1', 'collector/mock/1'],
        ['collector/mock/1', 'publisher/file/1'],
      ],
    ])('loads the built-in plugins %j', async (builtinPlugins, expected) => {
      const { loaded } = await startedWorld(client, { builtinPlugins });
      expect(loaded()).toEqual(expected);
    });

    it('refuses a selection of what is not built in, naming what is', async () => {
      await expect(startedWorld(client, { builtinPlugins: ['collector/nosuch/1'] })).rejects.toThrow(
        `builtinPlugins names what is not built in: collector/nosuch/1. There are: ${all.join(', ')}`,
      );
    });
  });

  describe('after a restart', () => {
    it('has the same plugins in the same order, loaded when they were loaded', async () => {
      const before = await startedWorld(client);
      await before.unload('collector', 'mock', 1);
      await before.load('collector/mock/1');
      await before.stop();
      const after = await startedWorld(client);
      expect(after.loaded()).toEqual([...all.slice(1), 'collector/mock/1']);
      expect(after.plugins.list(viewer).map(({ loadedAtMs }) => loadedAtMs)).toEqual(
        before.plugins.list(viewer).map(({ loadedAtMs }) => loadedAtMs),
      );
    });

    it('does not have what was unloaded, whatever the selection says', async () => {
      const before = await startedWorld(client);
      await before.unload('collector', 'mock', 0);
      const after = await startedWorld(client);
      expect(after.loaded()).toEqual(all.filter((location) => location !== 'collector/mock/2'));
    });

    it('goes on without a plugin that is no part of it any more', async () => {
      await client.snapPlugin.create({
        data: { type: 'collector', name: 'gone', version: 1, source: 'builtin', loadedAt: new Date(0) },
      });
      await client.snapPlugin.create({
        data: { type: 'collector', name: 'file', version: 1, source: 'upload', loadedAt: new Date(0) },
      });
      const { loaded } = await startedWorld(client);
      expect(loaded()).toEqual(all);
    });

    it('leaves a plugin out that its stored configuration keeps from loading', async () => {
      const before = await startedWorld(client);
      await before.config.set(viewer, { type: 'collector', name: 'mock', version: 2 }, { 'test-fail': true });
      const after = await startedWorld(client);
      expect(after.loaded()).not.toContain('collector/mock/2');
      expect(after.loaded()).toContain('collector/mock/1');
    });
  });

  describe('loading', () => {
    it('adds the metrics to the catalog', async () => {
      const { catalog, load } = await startedWorld(client, { builtinPlugins: 'none' });
      expect(catalog.list(viewer)).toEqual([]);
      const plugin = await load('collector/mock/1');
      expect(plugin).toMatchObject({ source: 'builtin', signed: false, meta: { name: 'mock', version: 1 } });
      expect(catalog.list(viewer).map(({ text }) => text)).toContain('/intel/mock/foo');
    });

    it.each([
      [{ uri: 'builtin:collector/mock/1' }, 'SNAP_PLUGIN_ALREADY_LOADED', 'plugin is already loaded'],
      [{ uri: 'builtin:collector/mock/9' }, 'SNAP_PLUGIN_LOAD_FAILED', 'There is no built-in plugin collector/mock/9.'],
      [{ uri: 'builtin:collector/mock' }, 'SNAP_PLUGIN_LOAD_FAILED', 'is not of the form builtin:'],
      [{ uri: 'builtin:foo/mock/1' }, 'SNAP_PLUGIN_LOAD_FAILED', 'is not of the form builtin:'],
      [{ uri: 'http://127.0.0.1:8182' }, 'SNAP_PLUGIN_LOAD_FAILED', 'starts only its built-in plugins'],
      [{ upload: 'id' }, 'SNAP_PLUGIN_LOAD_FAILED', 'starts only its built-in plugins'],
      [{ upload: 'id', uri: 'http://x' }, 'SNAP_PLUGIN_LOAD_FAILED', 'exactly one'],
      [{}, 'SNAP_PLUGIN_LOAD_FAILED', 'exactly one'],
    ])('of %j fails with %s', async (request, code, message) => {
      const { plugins } = await startedWorld(client);
      await expect(plugins.load(viewer, request, signal)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(message),
      });
    });

    it('happens once when asked for at the same time', async () => {
      const { load, loaded } = await startedWorld(client, { builtinPlugins: 'none' });
      const outcomes = await Promise.allSettled([load('collector/mock/1'), load('collector/mock/1')]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(loaded()).toEqual(['collector/mock/1']);
    });

    it('is for admins, seeing for viewers', async () => {
      const { plugins, catalog, config } = await startedWorld(client);
      const reader = { ...anonymous, access: { snap: 'viewer' } } as const;
      const mock = { type: 'collector', name: 'mock', version: 1 } as const;
      const forbidden = expect.objectContaining({ code: 'FORBIDDEN' });
      expect(plugins.list(reader)).toHaveLength(all.length);
      expect(() => plugins.list(anonymous)).toThrow(forbidden);
      expect(() => catalog.list(anonymous)).toThrow(forbidden);
      await expect(plugins.load(reader, { uri: 'builtin:collector/mock/1' }, signal)).rejects.toEqual(forbidden);
      await expect(plugins.unload(reader, mock)).rejects.toEqual(forbidden);
      expect(() => config.get(reader, mock)).toThrow(forbidden);
      await expect(config.set(reader, mock, { a: 'b' })).rejects.toEqual(forbidden);
      await expect(config.delete(reader, mock, ['a'])).rejects.toEqual(forbidden);
    });
  });

  describe('unloading', () => {
    it('takes the newest version when none is asked for', async () => {
      const { unload, loaded } = await startedWorld(client);
      expect((await unload('collector', 'mock', -1)).meta.version).toBe(2);
      expect((await unload('collector', 'mock', 0)).meta.version).toBe(1);
      expect(loaded()).not.toContain('collector/mock/1');
    });

    it('says what was not found', async () => {
      const { unload } = await startedWorld(client);
      await expect(unload('collector', 'nosuch', -1)).rejects.toMatchObject({
        code: 'SNAP_PLUGIN_NOT_FOUND',
        message: 'plugin not found',
        extensions: {
          httpStatus: 404,
          details: { pluginName: 'nosuch', pluginType: 'collector', pluginVersion: '-1' },
        },
      });
    });

    it('is refused while started tasks need a metric that only this plugin offers', async () => {
      const { unload, startedTasks } = await startedWorld(client);
      startedTasks.push(
        { id: 'pinned', requested: [{ namespace: '/intel/mock/foo', version: 1 }] },
        { id: 'newest', requested: [{ namespace: '/intel/mock/foo', version: 0 }] },
      );
      await expect(unload('collector', 'mock', 1)).rejects.toMatchObject({
        code: 'SNAP_PLUGIN_IN_USE',
        message: 'Plugin is used by running task. Stop the task to be able to unload the plugin:\npinned',
        extensions: { details: { pluginName: 'mock', pluginType: 'collector', pluginVersion: '1' } },
      });
      await unload('collector', 'mock', 2);
      await expect(unload('collector', 'mock', 0)).rejects.toThrow('unload the plugin:\npinned\nnewest');
      startedTasks.length = 0;
      await unload('collector', 'mock', 1);
    });

    it('counts the plugins there are', async () => {
      const { gauges, describe: banner } = await startedWorld(client);
      const [loaded] = gauges();
      expect(loaded?.values).toContainEqual({ labels: { type: 'publisher' }, value: 3 });
      expect(banner()).toEqual(['plugins: 8 loaded, 31 metrics (built-in runtime)']);
    });
  });
});
