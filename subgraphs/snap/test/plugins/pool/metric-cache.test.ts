import { describe, expect, it } from 'vitest';
import { MetricCache, samplesByRequest } from '../../../src/plugins/pool/metric-cache.ts';
import { request, sampleOf } from './fake-instance.ts';

describe('the cache of collected values', () => {
  it('forgets the oldest when thousands are alive, and the expired first', () => {
    const cache = new MetricCache(1000);
    const requests = Array.from({ length: 5000 }, (_, index) => request(`/m/${index}`));
    requests.forEach((one, nowMs) => {
      cache.put('', { request: one, samples: [] }, nowMs < 100 ? -5000 : 0);
    });
    const alive = requests.map((one) => cache.get('', one, 0) !== undefined);
    expect(alive.filter((is) => is).length).toBeLessThanOrEqual(4096);
    expect(alive.slice(0, 100)).not.toContain(true);
    expect(alive.at(-1)).toBe(true);
  });

  it('keeps groups apart', () => {
    const cache = new MetricCache(1000);
    const one = request('/m');
    cache.put('a', { request: one, samples: [sampleOf(one, 1n)] }, 0);
    expect(cache.get('a', one, 999)).toHaveLength(1);
    expect(cache.get('b', one, 0)).toBeUndefined();
  });
});

describe('sorting an answer by its requests', () => {
  const [first, second, hosts] = [request('/a'), request('/b'), request('/hosts/*/load')] as const;
  const host = (name: string) =>
    sampleOf(
      hosts,
      1n,
      hosts.namespace.map((element) => (element.value === '*' ? { ...element, value: name } : element)),
    );

  it('finds the request of every sample, in whatever order they come', () => {
    const samples = [host('h1'), sampleOf(second, 1n), host('h2'), sampleOf(first, 1n)];
    expect(samplesByRequest([first, second, hosts], samples).map((answer) => answer.samples)).toEqual([
      [samples[3]],
      [samples[1]],
      [samples[0], samples[2]],
    ]);
  });

  it('leaves what answers no request with the first, rather than losing it', () => {
    const stray = sampleOf(request('/stray'), 1n);
    expect(
      samplesByRequest([first, second], [sampleOf(second, 1n), stray]).map(({ samples }) => samples.length),
    ).toEqual([1, 1]);
  });
});
