import { describe, expect, it } from 'vitest';
import type { MetricSample } from '../../../src/metrics/metric.ts';
import { namespaceText, valuesOf } from '../../../src/metrics/namespace.ts';
import { mockCollector1, mockCollector2 } from '../../../src/plugins/builtin/mock/mock-collector.ts';
import { dependencies, running, signal } from './collect.ts';

const shown = ({ namespace, data }: MetricSample): string =>
  `${namespaceText(valuesOf(namespace))}=${data.kind === 'null' ? 'null' : data.value}`;
const hosts = (value: number) => Array.from({ length: 10 }, (_, index) => `/intel/mock/host${index}/baz=${value}`);
const text = 'The mock collected data! config data: name={root} password={secret}';

describe('mock 1', () => {
  it('answers in the order it is asked, each host on its own', async () => {
    const { collect } = await running(mockCollector1(dependencies()));
    const samples = await collect(['/intel/mock/foo', '/intel/mock/bar', '/intel/mock/*/baz'], {
      name: 'root',
      password: 'secret',
    });
    expect(samples.map(shown)).toEqual([
      `/intel/mock/foo=${text}`,
      `/intel/mock/bar=${text}`,
      ...hosts(77),
      `/intel/mock/all/baz=${text}`,
    ]);
  });

  it.each([
    [{}, 'name=%!s(<nil>) password=%!s(<nil>)'],
    [{ name: 'bob', password: 5n }, 'name={bob} password={5}'],
    [{ name: 'bob', password: 'x', test: true }, 'name={bob} password={x} test=true'],
  ])('shows the configuration %o', async (config, shownConfig) => {
    const { collect } = await running(mockCollector1(dependencies()));
    const [sample] = await collect(['/intel/mock/bar'], config);
    expect(sample?.data).toEqual({
      kind: 'string',
      value: `The mock collected data! config data: ${shownConfig}`,
    });
  });

  it.each([
    [0, 65n],
    [0.999_999, 89n],
  ])('measures hosts from 65 to 89: %d is %i', async (random, value) => {
    const { collect } = await running(mockCollector1(dependencies({ random: () => random })));
    const [sample] = await collect(['/intel/mock/host3/baz']);
    expect(sample?.data).toEqual({ kind: 'int', value });
    expect(sample?.namespace[2]).toEqual({ value: 'host3', name: 'host', description: 'name of the host' });
  });

  it('refuses a host it does not have', async () => {
    const { collect } = await running(mockCollector1(dependencies()));
    await expect(collect(['/intel/mock/nohost/baz'])).rejects.toThrow(
      'CollectMetrics call error : requested hostname `nohost` is not available (list of available hosts: [host0 host1 host2 host3 host4 host5 host6 host7 host8 host9])',
    );
  });

  it('gives every sample a time of its own, tags none', async () => {
    const { collect } = await running(mockCollector1(dependencies()));
    const samples = await collect(['/intel/mock/*/baz']);
    const times = samples.map(({ timestamp }) => timestamp.unixNanos);
    expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(times).size).toBe(11);
    expect(samples.every(({ tags }) => tags === null)).toBe(true);
  });

  it('advertises what the original does', async () => {
    const { catalog } = await running(mockCollector1(dependencies()));
    expect(catalog.list().map(({ text: namespace, unit, policy }) => [namespace, unit, policy.length])).toEqual([
      ['/intel/mock/*/baz', '', 0],
      ['/intel/mock/all/baz', '', 0],
      ['/intel/mock/bar', '', 0],
      ['/intel/mock/foo', '', 2],
    ]);
  });
});

describe('mock 2', () => {
  it('measures numbers only, and all hosts together as 1001', async () => {
    const { collect } = await running(mockCollector2(dependencies()));
    expect((await collect(['/intel/mock/foo', '/intel/mock/*/baz'])).map(shown)).toEqual([
      '/intel/mock/foo=1077',
      ...hosts(1077),
      '/intel/mock/all/baz=1001',
    ]);
  });

  it('has descriptions and units, is sticky and cached for 100 ms', async () => {
    const plugin = mockCollector2(dependencies());
    const { catalog } = await running(plugin);
    expect(plugin.meta).toMatchObject({ routing: 'sticky', cacheTtlMs: 100, concurrencyCount: 1 });
    expect(new Set(catalog.list().map(({ description, unit }) => `${description}, ${unit}`))).toEqual(
      new Set(['mock description, mock unit']),
    );
  });

  it('dies of the configuration panic', async () => {
    const { collect, instance } = await running(mockCollector2(dependencies()));
    await expect(collect(['/intel/mock/bar'], { panic: true })).rejects.toThrow('unexpected EOF');
    await expect(collect(['/intel/mock/bar'])).rejects.toThrow('connection is shut down');
    await expect(instance.ping(signal)).rejects.toThrow('connection is shut down');
  });

  it.each([
    [{}, 4],
    [{ 'test-less': true }, 3],
    [{ test: true }, 5],
  ])('advertises under %o %i metrics', async (config, count) => {
    const { runtime, location } = await running(mockCollector2(dependencies()));
    expect((await runtime.describe(location, config, signal)).metrics).toHaveLength(count);
  });

  it('refuses to be loaded under test-fail', async () => {
    const { runtime, location } = await running(mockCollector2(dependencies()));
    await expect(runtime.describe(location, { 'test-fail': true }, signal)).rejects.toMatchObject({
      code: 'SNAP_PLUGIN_LOAD_FAILED',
      message: 'testing',
    });
  });
});
