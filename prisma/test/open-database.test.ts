import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openDatabase } from '@pentagraph/prisma';
import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../src/database-logger.ts';
import { storageAt } from '../src/storage/storage-at.ts';
import { aTask } from './support/a-task.ts';

describe.each(storageProviders)('openDatabase on %s', (provider) => {
  const place = testDatabase('snap', provider);
  afterAll(place.dispose);

  it('migrates an empty store, keeps what is written, and finds it again', async () => {
    const first = await place.open();
    expect(first.provider).toBe(provider);
    expect(first.appliedMigrations).toEqual([expect.stringMatching(/^\d{14}_init$/)]);
    await first.client.snapTask.create({ data: aTask('kept') });
    await first.close();

    const second = await place.open();
    expect(second.appliedMigrations).toEqual([]);
    expect(await second.client.snapTask.findMany({ select: { id: true, deadline: true } })).toEqual([
      { id: 'kept', deadline: 5_000_000_000n },
    ]);
    await second.close();
  });

  it('answers health until it is closed, which may be done twice', async () => {
    const database = await place.open();
    await expect(database.health()).resolves.toBeUndefined();
    await Promise.all([database.close(), database.close()]);
    await expect(database.health()).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('gives up when the signal aborts', async () => {
    const reason = new Error('changed my mind');
    await expect(place.open({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('waits for whoever migrates, unless the signal aborts', async () => {
    const fresh = testDatabase('snap', provider);
    try {
      const storage = await storageAt(fresh.url, 'snap', silentLogger);
      await storage.prepare();
      const lock = await storage.tryMigrationLock();
      expect(await storage.tryMigrationLock()).toBeUndefined();
      const reason = new Error('enough');
      const abort = new AbortController();
      const waits = (signal: AbortSignal) => {
        let notice: (message: string) => void = () => {};
        const noticed = new Promise<string>((resolve) => {
          notice = resolve;
        });
        const logger = { ...silentLogger, info: (_: unknown, message: string) => notice(message) };
        return { opening: fresh.open({ logger, signal }), noticed };
      };
      const impatient = waits(abort.signal);
      const patient = waits(new AbortController().signal);
      expect(await impatient.noticed).toContain('Waiting for another process');
      await patient.noticed;
      abort.abort(reason);
      await expect(impatient.opening).rejects.toBe(reason);
      await lock?.release('failed');
      expect((await patient.opening).appliedMigrations).toHaveLength(1);
    } finally {
      await fresh.dispose();
    }
  });

  it('migrates once when several open it at the same time', async () => {
    const fresh = testDatabase('snap', provider);
    try {
      const opened = await Promise.all([fresh.open(), fresh.open(), fresh.open()]);
      expect(opened.flatMap(({ appliedMigrations }) => appliedMigrations)).toHaveLength(1);
      await Promise.all(opened.map(({ client }, index) => client.snapTask.create({ data: aTask(`task-${index}`) })));
      expect(await opened[0]?.client.snapTask.count()).toBe(3);
    } finally {
      await fresh.dispose();
    }
  });
});

describe('openDatabase on a file', () => {
  const place = testDatabase('snap');
  afterAll(place.dispose);

  it('makes the folder, writes ahead, and leaves nothing but the database when closed', async () => {
    const path = `${dirname(place.url.slice('file:'.length))}/deep/er/snap.db`;
    const database = await openDatabase('snap', { url: `file:${path}` });
    expect(database.description).toBe(`SQLite ${path}`);
    const [settings] = await database.client.$queryRawUnsafe<object[]>(
      `SELECT * FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys`,
    );
    expect(Object.values(settings ?? {}).map(String)).toEqual(['wal', '1', '1']);
    await database.close();
    expect(await readdir(dirname(path))).toEqual(['snap.db']);
  });
});
