import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PrismaTaskStore } from '../../src/tasks/prisma-task-store.ts';
import type { Task } from '../../src/tasks/task.ts';
import { TaskWorld } from './task-world.ts';

describe.each(storageProviders)('tasks on %s', (provider) => {
  let database: ReturnType<typeof testDatabase<'snap'>>;
  let store: PrismaTaskStore;
  let task: Task;

  beforeEach(async () => {
    database = testDatabase('snap', provider);
    store = new PrismaTaskStore((await database.open()).client);
    task = await new TaskWorld().create({
      name: 'Robert\'); DROP TABLE "SnapTask"; --',
      'max-metrics-buffer': 9,
      schedule: { type: 'windowed', interval: '1m', stop_timestamp: '2100-01-01T00:00:00.123456789+05:30' },
    });
    await store.insert(task);
  });
  afterEach(() => database.dispose());

  const numbered = (index: number): Task => ({ ...task, id: `task-${index}`, createdAtMs: task.createdAtMs + index });

  test('are read as they were written', async () => {
    expect(await store.load()).toEqual([task]);
  });

  test('are read in the order they were created', async () => {
    for (const index of [3, 1, 2]) await store.insert(numbered(index));
    expect((await store.load()).map(({ id }) => id)).toEqual([task.id, 'task-1', 'task-2', 'task-3']);
  });

  test('keep where they stand and what they came to', async () => {
    const changed: Task = {
      ...task,
      state: 'Disabled',
      startedAtMs: task.createdAtMs + 1,
      lastRunAtMs: task.createdAtMs + 2_345,
      hitCount: 2 ** 40,
      missCount: 3,
      failedCount: 4,
      consecutiveFailures: 5,
      lastFailureMessage: 'Publish call error: ㊽ \'"',
    };
    await store.update([changed]);
    expect(await store.load()).toEqual([changed]);
    await store.update([{ ...changed, state: 'Stopped', lastRunAtMs: null }]);
    expect(await store.load()).toEqual([{ ...changed, state: 'Stopped', lastRunAtMs: null }]);
  });

  test('that were removed do not come back with a late update', async () => {
    await store.remove(task.id);
    await store.update([task]);
    await store.remove(task.id);
    expect(await store.load()).toEqual([]);
  });

  test('are updated by thousands at once', async () => {
    await store.update(Array.from({ length: 4_500 }, (_, index) => ({ ...numbered(index), hitCount: index })));
    expect(await store.load()).toEqual([task]);
    await store.update([...Array.from({ length: 4_500 }, (_, index) => numbered(index)), { ...task, hitCount: 7 }]);
    expect((await store.load())[0]?.hitCount).toBe(7);
  });
});
