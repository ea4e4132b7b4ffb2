import { ManualClock, testContext } from '@pentagraph/kit/testing';
import { beforeEach, expect, test } from 'vitest';
import { TaskRecord } from '../../src/tasks/task-record.ts';
import { TaskWriter } from '../../src/tasks/task-writer.ts';
import { MemoryTaskStore } from './memory-task-store.ts';
import { TaskWorld } from './task-world.ts';

let clock: ManualClock;
let store: MemoryTaskStore;
let writer: TaskWriter;
let records: TaskRecord[];

beforeEach(async () => {
  clock = new ManualClock();
  store = new MemoryTaskStore();
  writer = new TaskWriter({ store, clock, logger: testContext().logger });
  const world = new TaskWorld();
  records = [];
  for (let index = 0; index < 3; index++) {
    const task = await world.create();
    await store.insert(task);
    records.push(new TaskRecord(task));
  }
});

const first = () => records[0] as TaskRecord;

test('counters of all tasks are written once a second, in one statement', async () => {
  for (let second = 0; second < 2; second++) {
    for (const record of records) {
      record.endFiring([]);
      writer.saveSoon(record);
    }
    await clock.advance(1_000);
  }
  expect(store.updates).toBe(2);
  expect([...store.rows.values()].map(({ hitCount }) => hitCount)).toEqual([2, 2, 2]);
});

test('what must not be lost is written before anybody hears of it, and takes along what waits', async () => {
  first().endFiring(['broke']);
  writer.saveSoon(first());
  const [, second] = records as [TaskRecord, TaskRecord];
  second.change({ state: 'Running' });
  await writer.save(second);
  expect(store.rows.get(second.id)?.state).toBe('Running');
  expect(store.rows.get(first().id)?.failedCount).toBe(1);
  expect(store.updates).toBe(1);
});

test('a store that refuses is asked again, and keeps its order', async () => {
  store.failure = new Error('disk full');
  first().change({ state: 'Running' });
  await expect(writer.save(first())).rejects.toThrow('disk full');
  store.failure = undefined;
  await writer.flush();
  expect(store.rows.get(first().id)?.state).toBe('Running');
});

test('a store that refused is asked again every second, until the end', async () => {
  store.failure = new Error('disk full');
  first().endFiring([]);
  writer.saveSoon(first());
  await clock.advance(2_000);
  store.failure = undefined;
  await clock.advance(1_000);
  expect(store.rows.get(first().id)?.hitCount).toBe(1);

  store.failure = new Error('disk full');
  writer.saveSoon(first());
  await writer.close();
  expect(clock.pending).toBe(0);
});

test('a removed task does not come back with a late write', async () => {
  writer.saveSoon(first());
  const written = writer.flush();
  await writer.remove(first());
  await written;
  await clock.advance(2_000);
  expect(store.rows.has(first().id)).toBe(false);
});
