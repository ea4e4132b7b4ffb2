import { testContext } from '@pentagraph/kit/testing';
import { expect, test, vi } from 'vitest';
import { lazyExecutor } from '../../src/graph/lazy-executor.ts';
import type { PreparedOperation } from '../../src/graph/operation-preparer.ts';
import type { PlanExecutor } from '../../src/graph/plan-executor.ts';

const operation = {} as PreparedOperation;
const result = { data: {} };
const executor: PlanExecutor = { execute: async () => result, complete: async () => result };

test('an executor is loaded once, with the first plan that needs it', async () => {
  const load = vi.fn(async () => executor);
  const lazy = lazyExecutor(load);
  expect(load).not.toHaveBeenCalled();
  const answers = [lazy.execute(operation, {}, testContext()), lazy.complete(operation, result, {}, testContext())];
  expect(await Promise.all(answers)).toEqual([result, result]);
  expect(load).toHaveBeenCalledTimes(1);
});

test('a load that fails is tried again', async () => {
  const load = vi.fn(async () => executor).mockRejectedValueOnce(new Error('too many open files'));
  const lazy = lazyExecutor(load);
  await expect(lazy.execute(operation, {}, testContext())).rejects.toThrow('too many open files');
  expect(await lazy.execute(operation, {}, testContext())).toBe(result);
});
