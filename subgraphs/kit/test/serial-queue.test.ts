import { SerialQueue } from '@pentagraph/kit';
import { expect, test } from 'vitest';

/** Work that says when it begins and ends. */
const work =
  (log: string[], name: string, fails = false) =>
  async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (fails) throw new Error(`${name} failed`);
    return name;
  };

test('work runs in the order it was handed in, never side by side, whatever becomes of it', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const results = await Promise.allSettled([
    queue.run(work(log, 'a')),
    queue.run(work(log, 'b', true)),
    queue.run(work(log, 'c')),
  ]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(results).toMatchObject([{ value: 'a' }, { reason: { message: 'b failed' } }, { value: 'c' }]);
});

test('it is idle when what was handed in has ended, well or badly', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const failing = queue.run(work(log, 'a', true)).catch(() => log.push('caught'));
  await queue.idle();
  expect(log).toContain('a ends');
  await failing;
});
