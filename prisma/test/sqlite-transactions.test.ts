import { testDatabase } from '@pentagraph/prisma/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database, SnapClient } from '../src/index.ts';
import { aTask } from './support/a-task.ts';

describe('transactions over the one connection of a SQLite file', () => {
  const place = testDatabase('snap');
  let database: Database<SnapClient>;
  beforeAll(async () => {
    database = await place.open();
  });
  beforeEach(async () => {
    await database.client.snapTask.deleteMany();
  });
  afterAll(place.dispose);

  const ids = async () => (await database.client.snapTask.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);

  it('keep out what others write meanwhile', async () => {
    const { client } = database;
    let writtenBeside: Promise<unknown> | undefined;
    const rolledBack = client.$transaction(async (tx) => {
      await tx.snapTask.create({ data: aTask('inside') });
      // Not awaited: it must wait for the end of this transaction.
      writtenBeside = client.snapTask.create({ data: aTask('beside') });
      await tx.snapTask.count();
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await writtenBeside;
    expect(await ids()).toEqual(['beside']);
  });

  it('come one after the other, whatever order they end in', async () => {
    const { client } = database;
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.$transaction(async (tx) => {
          const count = await tx.snapTask.count();
          await tx.snapTask.create({ data: aTask(String(count).padStart(2, '0')) });
          if (index % 5 === 4) throw new Error('every fifth fails');
        }),
      ).map((transaction) => transaction.catch(() => {})),
    );
    expect(await ids()).toEqual(Array.from({ length: 16 }, (_, index) => String(index).padStart(2, '0')));
  });

  it('leave nothing open behind when their commit fails', async () => {
    const { client } = database;
    await client.$executeRaw`CREATE TABLE parent (id INTEGER PRIMARY KEY)`;
    await client.$executeRaw`CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)`;
    const failing = client.$transaction(async (tx) => {
      await tx.snapTask.create({ data: aTask('inside') });
      await tx.$executeRaw`INSERT INTO child VALUES (1)`;
    });
    await expect(failing).rejects.toThrow();
    await client.snapTask.create({ data: aTask('after') });

    const other = await place.open();
    expect((await other.client.snapTask.findMany()).map(({ id }) => id)).toEqual(['after']);
  });

  it('that waited too long for their turn do not block those behind them', async () => {
    const { client } = database;
    let impatient: Promise<unknown> | undefined;
    await client.$transaction(async (tx) => {
      impatient = client.$transaction(async (later) => later.snapTask.count(), { maxWait: 20 });
      await expect(impatient).rejects.toThrow(/transaction/i);
      await tx.snapTask.create({ data: aTask('patient') });
    });
    await client.snapTask.create({ data: aTask('behind') });
    expect(await ids()).toEqual(['behind', 'patient']);
  });
});
