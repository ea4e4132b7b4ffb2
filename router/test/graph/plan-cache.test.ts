import { describe, expect, test } from 'vitest';
import { PlanCache } from '../../src/graph/plan-cache.ts';

const textOf = (length: number, name: string) => name.padEnd(length, '#');

describe('a plan cache', () => {
  test('forgets what was used least recently', () => {
    const cache = new PlanCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });

  test('keeps fewer of long texts, so that nobody fills the memory with them', () => {
    const cache = new PlanCache<number>(100);
    for (let index = 0; index < 100; index++) cache.set(textOf(10_000, `${index}`), index);
    expect(cache.size).toBe(5);
    expect(cache.get(textOf(10_000, '99'))).toBe(99);
  });

  test('takes the length of a text of which the key is a digest', () => {
    const cache = new PlanCache<number>(100);
    for (let index = 0; index < 100; index++) cache.set(`${index}`, index, 10_000);
    expect(cache.size).toBe(5);
  });

  test('does not keep the longest texts, but always one', () => {
    const cache = new PlanCache<number>(1);
    cache.set(textOf(20_001, 'a'), 1);
    expect(cache.size).toBe(0);
    cache.set(textOf(20_000, 'b'), 2);
    expect(cache.get(textOf(20_000, 'b'))).toBe(2);
  });

  test('forgets the size of what it replaces and deletes', () => {
    const cache = new PlanCache<number>(2);
    for (let round = 0; round < 10; round++) cache.set('a', round, 400);
    cache.set('b', 0, 400);
    expect([cache.get('a'), cache.get('b')]).toEqual([9, 0]);
    expect(cache.delete('a')).toBe(true);
    expect(cache.delete('a')).toBe(false);
    cache.set('c', 1, 600);
    expect([cache.get('b'), cache.get('c')]).toEqual([0, 1]);
  });
});
