import { describe, expect, it } from 'vitest';
import type { CatalogMetric } from '../../src/metrics/metric-catalog.ts';
import { MetricCatalog } from '../../src/metrics/metric-catalog.ts';
import { advertised, goldenCatalog, loadedPlugin } from './catalog-fixture.ts';

const keys = (metrics: readonly CatalogMetric[]): readonly string[] =>
  metrics.map(({ text, version }) => `${text}:${version}`);

const mock = [
  '/intel/mock/*/baz:1',
  '/intel/mock/*/baz:2',
  '/intel/mock/all/baz:1',
  '/intel/mock/all/baz:2',
  '/intel/mock/bar:1',
  '/intel/mock/bar:2',
  '/intel/mock/foo:1',
  '/intel/mock/foo:2',
];
const mockGrpc = [
  '|intel|mock|*|/baz⽔:1',
  '|intel|mock|*|baz㊽|/bar⽔:1',
  '|intel|mock|/bar⽔:1',
  '|intel|mock|/foo=㊽:1',
];
const anothermock = ['/intel/anothermock/*/baz:1', '/intel/anothermock/bar:1', '/intel/anothermock/foo:1'];
const random = ['/random/float:1', '/random/integer:1', '/random/string:1'];
const version = (wanted: number) => (key: string) => key.endsWith(`:${wanted}`);

describe('listing metrics (golden group metrics)', () => {
  it.each<[string | null, number | undefined, readonly string[]]>([
    [null, undefined, [...anothermock, ...mock, ...random, ...mockGrpc]],
    ['/*', 0, [...anothermock, ...mock, ...random, ...mockGrpc]],
    ['/intel', undefined, [...anothermock, ...mock, ...mockGrpc]],
    ['/intel/mock', undefined, [...mock, ...mockGrpc]],
    ['/intel/mock/*', undefined, [...mock, ...mockGrpc]],
    ['/intel/mock/*', 1, [...mock, ...mockGrpc].filter(version(1))],
    ['/intel/mock/*/baz', undefined, mock.slice(0, 2)],
    ['/intel/mock/*/baz', 2, mock.slice(1, 2)],
    ['/intel/mock/foo', undefined, mock.slice(-2)],
    ['|intel|mock|foo', undefined, mock.slice(-2)],
    ['/intel/mock/foo', 1, mock.slice(-2, -1)],
    ['/intel/mock/foo', 7, []],
    // The original fails here; dossier 4.7 says what it should have answered.
    ['/intel/mock/*', -1, [...mock.filter(version(2)), ...mockGrpc]],
    ['/intel/mock/foo', -1, mock.slice(-1)],
  ])('below %s, version %s', (namespace, wanted, expected) => {
    expect(keys(goldenCatalog().list(namespace, wanted))).toEqual(expected);
  });

  it.each([
    ['/intel/none', '/intel/none'],
    ['/intel/mock/host0/baz', '/intel/mock/host0/baz'],
    ['/intel/mock/(foo;bar)', '/intel/mock/(foo;bar)'],
    ['/', '/'],
    ['intel', '/ntel'],
    ['/intel/none/*', '/intel/none'],
    ['|intel|mock/*', '/intel/mock/*'],
  ])('finds nothing literally below %s', (namespace, shown) => {
    expect(() => goldenCatalog().list(namespace)).toThrow(
      expect.objectContaining({
        code: 'SNAP_METRIC_NOT_FOUND',
        message: `No metric found below the given namespace: ${shown}`,
      }),
    );
  });

  it('answers an empty list for everything when nothing is loaded', () => {
    expect(new MetricCatalog().list(null)).toEqual([]);
    expect(new MetricCatalog().list('/*', 0)).toEqual([]);
  });

  it('sorts by the bytes of namespace:version', () => {
    const catalog = new MetricCatalog();
    for (const number of [2, 10, 1]) catalog.add(loadedPlugin('a', number), [advertised(['a', 'b'])]);
    expect(keys(catalog.list())).toEqual(['/a/b:1', '/a/b:10', '/a/b:2']);
  });
});

describe('finding one metric (golden group metrics)', () => {
  it.each<[string, number, string]>([
    ['/intel/mock/foo', 1, '/intel/mock/foo:1'],
    ['/intel/mock/foo', 0, '/intel/mock/foo:2'],
    ['/intel/mock/foo', -1, '/intel/mock/foo:2'],
    ['/intel/mock/host0/baz', 0, '/intel/mock/host0/baz:2'],
    ['/intel/mock/host0/baz', 1, '/intel/mock/host0/baz:1'],
    ['/intel/mock/all/baz', 1, '/intel/mock/all/baz:1'],
    ['/intel/anothermock/*/baz', 1, '/intel/anothermock/*/baz:1'],
  ])('%s version %s is %s', (namespace, wanted, expected) => {
    expect(keys([goldenCatalog().find(namespace, wanted)])).toEqual([expected]);
  });

  it('keeps the name of an element whose value the request gives', () => {
    expect(goldenCatalog().find('/intel/mock/host0/baz', 1).namespace[2]).toEqual({
      value: 'host0',
      name: 'host',
      description: 'name of the host',
    });
  });

  it.each([
    ['/intel/mock/foo', 9, 'Metric not found: /intel/mock/foo (version: 9)'],
    ['/random', 1, 'Metric not found: /random (version: 1)'],
    ['/intel/none', 3, 'Metric not found: /intel/none (version: 3)'],
    ['|intel|no/ne', 3, 'Metric not found: /intel/no/ne (version: 3)'],
  ])('%s version %s does not exist', (namespace, wanted, message) => {
    expect(() => goldenCatalog().find(namespace, wanted)).toThrow(
      expect.objectContaining({ code: 'SNAP_METRIC_NOT_FOUND', message }),
    );
  });

  it.each([0, 2])('refuses a namespace that several fit, version %s', (wanted) => {
    expect(() => goldenCatalog().find('/intel/mock/*/baz', wanted)).toThrow(
      expect.objectContaining({
        code: 'SNAP_METRIC_AMBIGUOUS',
        message: `Incoming namespace \`/intel/mock/*/baz\` is too ambiguous (version: ${wanted})`,
      }),
    );
  });

  it('knows a metric by its very namespace, and the instance of a dynamic one', () => {
    const catalog = goldenCatalog();
    expect(catalog.get('/intel/mock/*/baz', 2)?.text).toBe('/intel/mock/*/baz');
    expect(catalog.get('/intel/mock/host7/baz', 2)?.text).toBe('/intel/mock/host7/baz');
    expect(catalog.get('/intel/*/foo', 2)).toBeUndefined();
    expect(catalog.get('/intel/mock/foo', 3)).toBeUndefined();
  });
});

describe('what a task asks for', () => {
  it.each<[string, number, readonly string[]]>([
    ['/intel/mock/foo', 0, ['/intel/mock/foo:2']],
    ['/intel/mock/foo', 1, ['/intel/mock/foo:1']],
    ['/intel/mock/*/baz', 1, ['/intel/mock/*/baz:1', '/intel/mock/all/baz:1']],
    ['/intel/mock/(host0;host3)/baz', 0, ['/intel/mock/host0/baz:2', '/intel/mock/host3/baz:2']],
    ['/intel/mock/(foo; bar)', 0, ['/intel/mock/foo:2', '/intel/mock/bar:2']],
    ['/intel/mock/(foo;*)/baz', 2, ['/intel/mock/*/baz:2', '/intel/mock/all/baz:2']],
    ['/random/*', 0, ['/random/integer:1', '/random/float:1', '/random/string:1']],
    ['/intel/anothermock/host9/baz', 0, ['/intel/anothermock/host9/baz:1']],
  ])('%s version %s collects %j', (namespace, wanted, expected) => {
    const { metrics, missing } = goldenCatalog().resolve({ namespace, version: wanted });
    expect(keys(metrics)).toEqual(expected);
    expect(missing).toEqual([]);
  });

  it('takes all descendants for a final *', () => {
    const { metrics } = goldenCatalog().resolve({ namespace: '/intel/mock/*', version: 0 });
    expect(keys(metrics).toSorted()).toEqual([...mock.filter(version(2)), ...mockGrpc].toSorted());
  });

  it('misses each combination of a tuple that nothing serves', () => {
    const { metrics, missing } = goldenCatalog().resolve({ namespace: '/intel/mock/(foo;nosuch)', version: 0 });
    expect(keys(metrics)).toEqual(['/intel/mock/foo:2']);
    expect(missing).toEqual(['Metric not found: /intel/mock/nosuch (version: 0)']);
  });

  it('falls back to the dynamic element where a static branch leads nowhere', () => {
    const catalog = new MetricCatalog();
    catalog.add(loadedPlugin('a'), [advertised(['a', 'x', 'static']), advertised(['a', '*', 'dynamic'])]);
    const { metrics } = catalog.resolve({ namespace: '/a/x/dynamic', version: 0 });
    expect(keys(metrics)).toEqual(['/a/x/dynamic:1']);
  });

  it('refuses tuples that would fill the memory', () => {
    const tuple = `(${Array.from({ length: 100 }, (_, index) => index).join(';')})`;
    const namespace = `/${Array.from({ length: 20 }, () => tuple).join('/')}`;
    const { missing } = goldenCatalog().resolve({ namespace, version: 0 });
    expect(missing).toEqual([expect.stringContaining('Namespace stands for more than 10000 metrics')]);
  });
});

describe('plugins coming and going', () => {
  it('takes the metrics of an unloaded plugin away and leaves the others', () => {
    const catalog = goldenCatalog();
    catalog.remove({ type: 'collector', name: 'mock', version: 2 });
    expect(keys(catalog.list('/intel/mock'))).toEqual([...mock.filter(version(1)), ...mockGrpc]);
    expect(catalog.find('/intel/mock/foo').version).toBe(1);
  });

  it('serves a version that two plugins offer from the later one, and from the other when that is gone', () => {
    const catalog = new MetricCatalog();
    const [first, second] = [loadedPlugin('first'), loadedPlugin('second')];
    catalog.add(first, [advertised(['a', 'b'])]);
    catalog.add(second, [advertised(['a', 'b'])]);
    expect(catalog.find('/a/b').plugin).toBe(second);
    expect(catalog.list()).toHaveLength(1);
    catalog.remove(second.meta);
    expect(catalog.find('/a/b').plugin).toBe(first);
  });

  it.each([
    ['/intel/mock/foo', 0, 1, false],
    ['/intel/mock/foo', 1, 1, true],
    ['/intel/mock/foo', 2, 1, false],
    ['/intel/mock/*', 0, 1, false],
    ['/intel/none', 0, 1, false],
  ])('%s version %s depends on mock %s alone: %s', (namespace, wanted, plugin, depends) => {
    const key = { type: 'collector', name: 'mock', version: plugin } as const;
    expect(goldenCatalog().dependsOn({ namespace, version: wanted }, key)).toBe(depends);
  });

  it.each([
    [[{ value: 'a', name: 'x', description: '' }], 'A static element a should not define name x for namespace /a.'],
    [[{ value: '*', name: '', description: '' }], 'A dynamic element * requires a name for namespace /*.'],
    [[{ value: '(a;b)', name: '', description: '' }], 'A element (a;b) should not define tuple for namespace /(a;b).'],
    [
      [
        { value: 'a', name: '', description: '' },
        { value: '*', name: 'x', description: '' },
      ],
      'Metric namespace /a/* ends with an asterisk is not allowed',
    ],
    [[], 'Metric namespace is empty'],
  ])('does not take %j', (namespace, message) => {
    const catalog = new MetricCatalog();
    const metric = { namespace, version: 0, description: '', unit: '' };
    expect(() => catalog.add(loadedPlugin('a'), [advertised(['fine']), metric])).toThrow(
      expect.objectContaining({ code: 'SNAP_PLUGIN_LOAD_FAILED', message }),
    );
    expect(catalog.list()).toEqual([]);
  });

  it('gives a metric without version the version of its plugin, and every metric the rules on its path', () => {
    const catalog = goldenCatalog();
    expect(catalog.find('/intel/mock/foo', 2).policy.map(({ name }) => name)).toEqual(['name', 'password']);
    expect(catalog.find('/intel/mock/bar', 2).policy).toEqual([]);
  });
});
