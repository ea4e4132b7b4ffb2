import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SnapWorld } from './snap-world.ts';

let world: SnapWorld;
beforeAll(async () => {
  world = await SnapWorld.open();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('plugins in the graph', () => {
  it('are listed page by page, filtered, in the order of loading', async () => {
    const query = `query ($filter: SnapPluginFilter, $after: String) {
      snapPlugins(filter: $filter, first: 1, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } nodes { type name version signed status source loadedTime }
      }
    }`;
    const filter = { type: 'COLLECTOR', name: 'mock' };
    const first = await world.data<{ snapPlugins: { pageInfo: { endCursor: string } } }>(query, { filter });
    const plugin = { type: 'COLLECTOR', name: 'mock', signed: false, status: 'loaded', source: 'BUILTIN' };
    expect(first.snapPlugins).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: true },
      nodes: [{ ...plugin, version: 1 }],
    });
    const second = await world.data(query, { filter, after: first.snapPlugins.pageInfo.endCursor });
    expect(second).toMatchObject({ snapPlugins: { nodes: [{ ...plugin, version: 2 }] } });
  });

  it('show their policy, metrics, instances and configuration', async () => {
    const data = await world.data(`{
      publisher: snapPlugin(type: PUBLISHER, name: "mock-file") {
        version
        policy { name type required default minimum maximum }
        metrics { namespace } runningInstances { id } config { json values }
      }
      collector: snapPlugin(type: STREAMING_COLLECTOR, name: "mock-stream", version: 1) {
        policy { name }
        metrics { namespace policy { name type default minimum } plugin { name } }
      }
    }`);
    expect(data).toEqual({
      publisher: {
        version: 3,
        policy: [{ name: 'file', type: 'STRING', required: true, default: null, minimum: null, maximum: null }],
        metrics: [],
        runningInstances: [],
        config: { json: '{}', values: {} },
      },
      collector: {
        policy: [],
        metrics: ['float', 'integer', 'string'].map((name) => ({
          namespace: `/intel/mockstream/${name}`,
          policy: [{ name: 'interval', type: 'INTEGER', default: 1000, minimum: 10 }],
          plugin: { name: 'mock-stream' },
        })),
      },
    });
  });

  it('are unloaded and loaded again', async () => {
    const unload = `mutation { unloadSnapPlugin(type: COLLECTOR, name: "mock") { type name version } }`;
    const load = `mutation { loadSnapPlugin(input: { uri: "builtin:collector/mock/2" }) { name version } }`;
    expect(await world.data(unload)).toEqual({ unloadSnapPlugin: { type: 'COLLECTOR', name: 'mock', version: 2 } });
    expect(await world.data(load)).toEqual({ loadSnapPlugin: { name: 'mock', version: 2 } });
    expect(await world.refusal(load)).toMatchObject({
      code: 'SNAP_PLUGIN_ALREADY_LOADED',
      message: 'plugin is already loaded',
    });
  });

  it('that do not exist are refused by name', async () => {
    expect(await world.refusal('{ snapPlugin(type: PROCESSOR, name: "x", version: 3) { name } }')).toEqual({
      code: 'SNAP_PLUGIN_NOT_FOUND',
      message: 'plugin not found',
      details: { pluginName: 'x', pluginType: 'processor', pluginVersion: '3' },
    });
  });

  it('that run are listed', async () => {
    expect(await world.data('{ snapRunningPlugins(filter: { type: COLLECTOR }) { id } }')).toEqual({
      snapRunningPlugins: [],
    });
  });
});

describe('stored configuration in the graph', () => {
  it('is set, merged and deleted, every digit kept', async () => {
    const set = `mutation ($config: SnapPluginConfigInput!) {
      setSnapPluginConfig(type: COLLECTOR, name: "other", version: 1, config: $config) { json values }
    }`;
    await world.data(set, { config: { json: '{"big":12345678901234567890,"k":"v"}' } });
    expect(await world.data(set, { config: { values: { f: 2.5, k: 7 } } })).toEqual({
      setSnapPluginConfig: {
        json: '{"big":12345678901234567890,"f":2.5,"k":7}',
        values: { big: 12345678901234567000, f: 2.5, k: 7 },
      },
    });
    const remove = 'deleteSnapPluginConfig(type: COLLECTOR, name: "other", version: 1, keys: ["big", "x"]) { json }';
    expect(await world.data(`mutation { ${remove} }`)).toEqual({
      deleteSnapPluginConfig: { json: '{"f":2.5,"k":7}' },
    });
    expect(
      await world.data('{ snapPluginConfig(type: STREAMING_COLLECTOR, name: "other", version: 1) { json } }'),
    ).toEqual({ snapPluginConfig: { json: '{"f":2.5,"k":7}' } });
  });

  it.each([
    [{ values: { o: { a: 1 } } }, 'Error Unmarshalling JSON ConfigDataNode. Key: o Type: map[a:1] is unsupported.'],
    [{}, 'Give exactly one of values and json.'],
  ])('%j is refused', async (config, message) => {
    const set = `mutation ($config: SnapPluginConfigInput!) {
      setSnapPluginConfig(type: COLLECTOR, name: "mock", version: 1, config: $config) { json }
    }`;
    expect(await world.refusal(set, { config })).toMatchObject({ code: 'SNAP_CONFIG_INVALID', message });
  });
});

describe('metrics in the graph', () => {
  it('are listed below a namespace', async () => {
    const query = `query ($version: Int) {
      snapMetrics(namespace: "/intel/mock/*", version: $version, first: null) {
        totalCount nodes { namespace version dynamic dynamicElements { index name description } }
      }
    }`;
    const data = await world.data<{ snapMetrics: { totalCount: number; nodes: readonly unknown[] } }>(query, {
      version: -1,
    });
    expect(data.snapMetrics.totalCount).toBe(4);
    expect(data.snapMetrics.nodes[0]).toEqual({
      namespace: '/intel/mock/*/baz',
      version: 2,
      dynamic: true,
      dynamicElements: [{ index: 2, name: 'host', description: 'name of the host' }],
    });
  });

  it('are found one by one', async () => {
    const query = `{ snapMetric(namespace: "/intel/mock/host0/baz", version: 2) {
      namespace version dynamic unit description elements { value name } plugin { name version }
    } }`;
    expect(await world.data(query)).toEqual({
      snapMetric: {
        namespace: '/intel/mock/host0/baz',
        version: 2,
        dynamic: true,
        unit: 'mock unit',
        description: 'mock description',
        elements: [
          { value: 'intel', name: '' },
          { value: 'mock', name: '' },
          { value: 'host0', name: 'host' },
          { value: 'baz', name: '' },
        ],
        plugin: { name: 'mock', version: 2 },
      },
    });
    expect(await world.refusal('{ snapMetric(namespace: "/intel/mock/*/baz") { unit } }')).toMatchObject({
      code: 'SNAP_METRIC_AMBIGUOUS',
    });
  });

  it('and plugins are entities that other subgraphs can refer to', async () => {
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on SnapPlugin { type name version }
        ... on SnapMetric { namespace metricVersion: version plugin { name } }
      }
    }`;
    const representations = [
      { __typename: 'SnapPlugin', type: 'PUBLISHER', name: 'file', version: 1 },
      { __typename: 'SnapPlugin', type: 'PUBLISHER', name: 'file', version: 9 },
      { __typename: 'SnapMetric', namespace: '/intel/mock/*/baz', version: 1 },
      { __typename: 'SnapMetric', namespace: '/intel/mock/nosuch', version: 1 },
    ];
    expect(await world.data(query, { representations })).toEqual({
      _entities: [
        { type: 'PUBLISHER', name: 'file', version: 1 },
        null,
        { namespace: '/intel/mock/*/baz', metricVersion: 1, plugin: { name: 'mock' } },
        null,
      ],
    });
  });
});
