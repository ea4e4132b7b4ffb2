import type { ConfigPolicy } from '../../src/config/config-policy.ts';
import type { Namespace } from '../../src/metrics/metric.ts';
import { MetricCatalog } from '../../src/metrics/metric-catalog.ts';
import { dynamicElement, staticElement } from '../../src/metrics/namespace.ts';
import type { LoadedPlugin, PluginType } from '../../src/plugins/plugin.ts';

/** A plugin as the registry would hold it. */
export const loadedPlugin = (
  name: string,
  version = 1,
  policy: ConfigPolicy = [],
  type: PluginType = 'collector',
): LoadedPlugin => ({
  meta: {
    type,
    name,
    version,
    concurrencyCount: 1,
    exclusive: false,
    routing: 'least-recently-used',
    cacheTtlMs: 0,
  },
  source: 'builtin',
  signed: false,
  loadedAtMs: 1_700_000_000_000,
  policy,
});

/** A namespace of these values, `*` being a dynamic host. */
export const namespace = (...values: readonly string[]): Namespace =>
  values.map((value) => (value === '*' ? dynamicElement('host', 'name of the host') : staticElement(value)));

/** An advertised metric. */
export const advertised = (values: readonly string[], version = 0) => ({
  namespace: namespace(...values),
  version,
  description: '',
  unit: '',
});

const password: ConfigPolicy = [
  {
    namespace: ['intel', 'mock', 'foo'],
    rules: [
      { name: 'password', type: 'string', required: true },
      { name: 'name', type: 'string', required: false, default: 'bob' },
    ],
  },
];

const mockMetrics = [
  ['intel', 'mock', 'foo'],
  ['intel', 'mock', 'bar'],
  ['intel', 'mock', '*', 'baz'],
  ['intel', 'mock', 'all', 'baz'],
];

/** The plugins that the golden records of the group `metrics` were taken with. */
export function goldenCatalog(): MetricCatalog {
  const catalog = new MetricCatalog();
  const load = (plugin: LoadedPlugin, metrics: readonly (readonly string[])[]) =>
    catalog.add(
      plugin,
      metrics.map((values) => advertised(values)),
    );
  load(loadedPlugin('mock', 1, password), mockMetrics);
  load(loadedPlugin('mock', 2, password), mockMetrics);
  load(loadedPlugin('anothermock'), [
    ['intel', 'anothermock', 'foo'],
    ['intel', 'anothermock', 'bar'],
    ['intel', 'anothermock', '*', 'baz'],
  ]);
  load(loadedPlugin('mock-grpc'), [
    ['intel', 'mock', '/foo=㊽'],
    ['intel', 'mock', '/bar⽔'],
    ['intel', 'mock', '*', '/baz⽔'],
    ['intel', 'mock', '*', 'baz㊽', '/bar⽔'],
  ]);
  load(loadedPlugin('test-rand-streamer', 1, [], 'streaming-collector'), [
    ['random', 'integer'],
    ['random', 'float'],
    ['random', 'string'],
  ]);
  return catalog;
}
