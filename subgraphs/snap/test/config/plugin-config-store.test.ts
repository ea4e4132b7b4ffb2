import type { SnapClient } from '@pentagraph/prisma';
import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { configValuesFromJson, configValuesToJson } from '../../src/config/config-values.ts';
import { PluginConfigStore } from '../../src/config/plugin-config-store.ts';
import type { PluginType } from '../../src/plugins/plugin.ts';

describe.each(storageProviders)('stored plugin configuration on %s', (provider) => {
  const place = testDatabase('snap', provider);
  let client: SnapClient;
  let changes: number;

  const opened = async (): Promise<PluginConfigStore> => {
    const store = new PluginConfigStore(client, () => {
      changes += 1;
    });
    await store.open();
    return store;
  };
  const set = async (store: PluginConfigStore, type: PluginType, name: string, version: number, json: string) =>
    configValuesToJson(await store.set(type, name, version, configValuesFromJson(json)));
  const shown = (store: PluginConfigStore, type: PluginType, name: string, version: number) =>
    configValuesToJson(store.merged(type, name, version));

  beforeEach(async () => {
    client ??= (await place.open()).client;
    await client.snapPluginConfig.deleteMany();
    changes = 0;
  });
  afterAll(() => place.dispose());

  it('merges what is written, removes what is deleted, and ignores unknown keys', async () => {
    const store = await opened();
    expect(await set(store, 'collector', 'mock', 1, '{"password":"xyz"}')).toBe('{"password":"xyz"}');
    expect(await set(store, 'collector', 'mock', 1, '{"i":5,"password":"new"}')).toBe('{"i":5,"password":"new"}');
    expect(configValuesToJson(await store.delete('collector', 'mock', 1, ['i', 'nosuch']))).toBe('{"password":"new"}');
    expect(changes).toBe(3);
  });

  it('keeps a version to itself, and a type', async () => {
    const store = await opened();
    await set(store, 'collector', 'mock', 1, '{"a":1}');
    expect(shown(store, 'collector', 'mock', 2)).toBe('{}');
    expect(shown(store, 'processor', 'mock', 1)).toBe('{}');
  });

  it('writes every version at once with a version below 1, and from then on unless a version has its own', async () => {
    const store = await opened();
    expect(await set(store, 'publisher', 'other', 0, '{"a":"zero"}')).toBe('{"a":"zero"}');
    expect(shown(store, 'publisher', 'other', 5)).toBe('{"a":"zero"}');
    expect(await set(store, 'publisher', 'other', 5, '{"c":"five"}')).toBe('{"a":"zero","c":"five"}');
    expect(shown(store, 'publisher', 'other', 6)).toBe('{"a":"zero","c":"five"}');
  });

  it('goes on writing to a version that has its own, which wins over every version', async () => {
    const store = await opened();
    await set(store, 'publisher', 'p', 7, '{"a":"seven"}');
    await set(store, 'publisher', 'p', 0, '{"a":"all","b":"all"}');
    await set(store, 'publisher', 'p', 7, '{"c":"seven"}');
    expect(shown(store, 'publisher', 'p', 7)).toBe('{"a":"seven","b":"all","c":"seven"}');
    expect(shown(store, 'publisher', 'p', 8)).toBe('{"a":"all","b":"all"}');
  });

  it('configures streaming collectors as collectors', async () => {
    const store = await opened();
    await set(store, 'streaming-collector', 'rand', 1, '{"a":1}');
    expect(shown(store, 'collector', 'rand', 1)).toBe('{"a":1}');
  });

  it('is there after a restart, with every digit and type', async () => {
    await set(await opened(), 'collector', 'mock', 1, '{"big":12345678901234567890,"f":5.0,"s":"ヒ"}');
    const restarted = await opened();
    expect(restarted.merged('collector', 'mock', 1)).toEqual({ big: 12345678901234567890n, f: 5, s: 'ヒ' });
  });

  it('loses nothing of concurrent writes', async () => {
    const store = await opened();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => set(store, 'collector', 'mock', 1, `{"k${index}":${index}}`)),
    );
    expect(Object.keys(store.merged('collector', 'mock', 1))).toHaveLength(20);
    expect(Object.keys((await opened()).merged('collector', 'mock', 1))).toHaveLength(20);
  });

  it('deletes nothing where nothing is stored', async () => {
    const store = await opened();
    expect(await store.delete('collector', 'nosuch', 1, ['a'])).toEqual({});
    expect(await client.snapPluginConfig.count()).toBe(0);
  });
});
