import { ManualClock, settle } from '@pentagraph/kit/testing';
import { expect, test } from 'vitest';
import { WorkQueue } from '../../src/tasks/work-queue.ts';
import { gate } from './gate.ts';

const later = (clock: ManualClock) => clock.now() + 5_000;

test('runs as many jobs at once as there are workers, the others in order', async () => {
  const clock = new ManualClock();
  const queue = new WorkQueue({ size: 25, workers: 2 }, clock);
  const gates = [gate(), gate(), gate(), gate()];
  const begun: number[] = [];
  const jobs = gates.map(({ opened }, index) =>
    queue.run(later(clock), () => {
      begun.push(index);
      return opened;
    }),
  );
  expect(begun).toEqual([0, 1]);
  expect(queue.length).toBe(2);
  gates[1]?.open();
  await settle();
  expect(begun).toEqual([0, 1, 2]);
  for (const { open } of gates) open();
  await Promise.all(jobs);
  expect(begun).toEqual([0, 1, 2, 3]);
  expect(queue.length).toBe(0);
});

test('refuses a job when too many wait', async () => {
  const clock = new ManualClock();
  const queue = new WorkQueue({ size: 1, workers: 1 }, clock);
  const held = gate();
  const running = queue.run(later(clock), () => held.opened);
  const waiting = queue.run(later(clock), async () => 'done');
  await expect(queue.run(later(clock), async () => 'never')).rejects.toThrow('limit exceeded');
  held.open();
  await running;
  await expect(waiting).resolves.toBe('done');
});

test('a job that waited past its deadline is not begun, one that runs past it is not interrupted', async () => {
  const clock = new ManualClock();
  const queue = new WorkQueue({ size: 9, workers: 1 }, clock);
  const held = gate<string>();
  const running = queue.run(later(clock), () => held.opened);
  const overdue = queue.run(later(clock), async () => 'never');
  const patient = queue.run(later(clock) + 60_000, async () => 'in time');
  const outcome = expect(overdue).rejects.toThrow('Worker refused to run overdue job.');
  await clock.advance(5_001);
  held.open('long');
  await expect(running).resolves.toBe('long');
  await outcome;
  await expect(patient).resolves.toBe('in time');
});

test('a job that fails frees its worker', async () => {
  const clock = new ManualClock();
  const queue = new WorkQueue({ size: 1, workers: 1 }, clock);
  await expect(queue.run(later(clock), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(queue.run(later(clock), async () => 'next')).resolves.toBe('next');
});
