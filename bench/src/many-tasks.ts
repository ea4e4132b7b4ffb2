import { setTimeout as delay } from 'node:timers/promises';
import type { ServingPentagraph } from '@pentagraph/rest-compat/testing';
import { SnapClient, type SnapTaskFigures } from './snap-client.ts';

const total = (tasks: readonly SnapTaskFigures[], key: keyof SnapTaskFigures) =>
  tasks.reduce((sum, task) => sum + (task[key] ?? 0), 0);

/** Starts `count` one-second tasks and tells what became of their firings within `seconds`. */
export async function measureManyTasks({ url }: ServingPentagraph, count: number, seconds: number) {
  const snap = new SnapClient(url);
  for (let batch = 0; batch < count; batch += 50) {
    await Promise.all(
      Array.from({ length: Math.min(50, count - batch) }, () =>
        snap.createTask({ interval: '1s', start: true, mockVersion: 1 }),
      ),
    );
  }
  const before = await snap.listTasks();
  const startedAt = performance.now();
  await delay(seconds * 1000);
  const after = await snap.listTasks();
  const elapsed = (performance.now() - startedAt) / 1000;
  const fired = total(after, 'hit_count') - total(before, 'hit_count');
  const missed = total(after, 'miss_count') - total(before, 'miss_count');
  const failed = total(after, 'failed_count') - total(before, 'failed_count');
  return { fired, missed, failed, expected: Math.round(count * elapsed) };
}
