import { join, sql, updateRows } from '@pentagraph/prisma';
import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, SnapClient } from '../src/index.ts';
import { aTask } from './support/a-task.ts';

describe.each(storageProviders)('one statement for many rows on %s', (provider) => {
  const place = testDatabase('snap', provider);
  let database: Database<SnapClient>;
  beforeAll(async () => {
    database = await place.open();
  });
  afterAll(place.dispose);

  const id = (index: number) => `task-${String(index).padStart(4, '0')}`;

  it('updates the counters of a thousand tasks, each to its own values', async () => {
    const { client } = database;
    await client.snapTask.createMany({ data: Array.from({ length: 1000 }, (_, index) => aTask(id(index))) });
    const lastRunAt = new Date('2026-03-04T05:06:07.891Z');
    const beyondDoubles = 2n ** 53n + 1n;
    const updated = await client.$executeRaw(
      updateRows({
        table: 'SnapTask',
        key: 'id',
        columns: ['hitCount', 'lastRunAt', 'consecutiveFailures', 'lastFailureMessage'],
        rows: [
          ...Array.from({ length: 1000 }, (_, index) => {
            const ran = index % 2 === 0 ? lastRunAt : null;
            return [id(index), beyondDoubles + BigInt(index), ran, index, `it's "${index}"`] as const;
          }),
          ['not there', 1n, null, 0, ''],
        ],
      }),
    );
    expect(updated).toBe(1000);
    expect(await client.snapTask.findMany({ where: { id: { in: [id(4), id(5)] } }, orderBy: { id: 'asc' } })).toEqual([
      expect.objectContaining({
        hitCount: beyondDoubles + 4n,
        lastRunAt,
        consecutiveFailures: 4,
        lastFailureMessage: `it's "4"`,
        missCount: 0n,
        createdAt: aTask('').createdAt,
      }),
      expect.objectContaining({ hitCount: beyondDoubles + 5n, lastRunAt: null, consecutiveFailures: 5 }),
    ]);
    // Written raw or not, a time is the same to a comparison.
    expect(await client.snapTask.count({ where: { lastRunAt: { equals: lastRunAt } } })).toBe(500);
    expect(await client.snapTask.count({ where: { lastRunAt: { lt: lastRunAt } } })).toBe(0);
  });

  it('inserts what is new and replaces what is there', async () => {
    const { client } = database;
    const upsert = (rows: readonly (readonly [string, string, number, string])[]) =>
      client.$executeRaw`INSERT INTO "SnapPluginConfig" ("type", "name", "version", "values")
        VALUES ${join(rows.map((row) => sql`(${join([...row])})`))}
        ON CONFLICT ("type", "name", "version") DO UPDATE SET "values" = excluded."values"`;
    await upsert([['collector', 'mock', 1, '{"a":1}']]);
    await upsert([
      ['collector', 'mock', 1, '{"a":2}'],
      ['collector', 'mock', 2, '{}'],
    ]);
    expect(await client.snapPluginConfig.findMany({ orderBy: { version: 'asc' } })).toMatchObject([
      { version: 1, values: '{"a":2}' },
      { version: 2, values: '{}' },
    ]);
  });
});
