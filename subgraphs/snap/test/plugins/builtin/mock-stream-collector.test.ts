import { ManualClock, settle } from '@pentagraph/kit/testing';
import { describe, expect, it } from 'vitest';
import type { ConfigValues } from '../../../src/metrics/metric.ts';
import { mockStreamCollector } from '../../../src/plugins/builtin/mock/mock-stream-collector.ts';
import { dependencies, running, signal } from './collect.ts';

async function streaming(config: ConfigValues, maxMetricsBuffer = 0n, maxCollectSeconds = 0n) {
  const clock = new ManualClock();
  const { instance, requests } = await running(mockStreamCollector(dependencies({ clock })));
  const asked = requests(['/intel/mockstream/integer', '/intel/mockstream/string'], config);
  const sizes: number[] = [];
  const limits = { taskId: 't', maxMetricsBuffer, maxCollectDurationNanos: maxCollectSeconds * 1_000_000_000n };
  const ended = (async () => {
    for await (const batch of instance.stream(asked, limits, signal)) sizes.push(batch.length);
  })();
  return { clock, instance, sizes, ended };
}

describe('mock-stream', () => {
  it.each([
    [{}, 0n, 0n, [2, 2, 2]],
    [{ interval: 500n }, 0n, 0n, [2, 2, 2, 2, 2, 2]],
    [{}, 4n, 0n, [4]],
    [{}, 1000n, 2n, [4]],
  ])('with %o, buffer %i, duration %i s sends in three seconds %j', async (config, buffer, seconds, expected) => {
    const { clock, instance, sizes, ended } = await streaming(config, buffer, seconds);
    await clock.advance(3000);
    await settle();
    expect(sizes).toEqual(expected);
    const rejected = expect(ended).rejects.toThrow('plugin was ended: done');
    await instance.kill('done');
    await rejected;
    expect(clock.pending).toBe(0);
  });

  it('measures integers, numbers and texts', async () => {
    const clock = new ManualClock();
    const { instance, requests } = await running(mockStreamCollector(dependencies({ clock })));
    const limits = { taskId: 't', maxMetricsBuffer: 0n, maxCollectDurationNanos: 0n };
    const first = instance
      .stream(requests(['/intel/mockstream/*']), limits, signal)
      [Symbol.asyncIterator]()
      .next();
    await clock.advance(1000);
    const { value } = await first;
    expect(value.map(({ data }: { data: unknown }) => data)).toEqual([
      { kind: 'int', value: 1073741824n },
      { kind: 'float64', value: 0.5 },
      { kind: 'string', value: 'Ask again later' },
    ]);
  });
});
