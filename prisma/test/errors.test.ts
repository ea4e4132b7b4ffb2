import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@pentagraph/prisma';
import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../src/database-logger.ts';
import { storageAt } from '../src/storage/storage-at.ts';
import { Forwarder, postgresqlAddress } from './support/forwarder.ts';

describe('a SQLite file that can not be used', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pentagraph-errors-'));
    await writeFile(join(folder, 'file'), 'This is no database, but long enough to be taken for one. '.repeat(20));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['is something else', 'file', 'CORRUPT', 'Restore it from a backup, or move it away'],
    ['would lie in a file', 'file/snap.db', 'INACCESSIBLE', 'Check the path and its permissions'],
    ['is a folder', '.', 'INACCESSIBLE', 'Check the path and its permissions'],
  ])('because it %s', async (_, path, code, advice) => {
    await expect(openDatabase('snap', { url: `file:${join(folder, path)}` })).rejects.toMatchObject({
      name: 'DatabaseError',
      code,
      message: expect.stringContaining(advice),
    });
  });
});

describe("SQLite's driver", () => {
  it.each([
    [
      'ERR_DLOPEN_FAILED',
      "The module '/app/better_sqlite3.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 115.",
    ],
    ['', 'Could not locate the bindings file. Tried:\n → /app/build/better_sqlite3.node'],
  ])('that does not fit this Node.js (%s) is to be built again', async (code, message) => {
    const storage = await storageAt('file:/data/snap.db', 'snap', silentLogger);
    const explained = storage.explain(Object.assign(new Error(message), { code }));
    expect(explained).toMatchObject({
      code: 'DRIVER_UNUSABLE',
      message: expect.stringMatching(/^[^\n]+\. Run 'npm rebuild better-sqlite3' with this Node\.js \(v[\d.]+\)\.$/),
    });
  });
});

describe('a PostgreSQL server that can not be used', () => {
  const server = new URL(process.env.PENTAGRAPH_TEST_POSTGRES_URL ?? 'postgresql://127.0.0.1:1/test');

  const addresses = [
    ['does not answer', 'postgresql://ann:secret@127.0.0.1:1/graph', 'Start the server, or correct host and port'],
    ['has no such host', 'postgresql://ann:secret@no-host.invalid/graph', 'Start the server, or correct host and port'],
  ];
  const onServer = [
    ['lacks the database', `postgresql://${server.username}@${server.host}/no_such_database`, 'Create the database'],
    ['refuses the user', `postgresql://nobody_known:secret@${server.host}/test`, 'Correct user and password'],
  ];

  it.each(storageProviders.includes('postgresql') ? [...addresses, ...onServer] : addresses)(
    'because it %s',
    async (_, url, advice) => {
      const opening = openDatabase('snap', { url });
      await expect(opening).rejects.toMatchObject({ code: 'UNREACHABLE', message: expect.stringContaining(advice) });
      await expect(opening).rejects.not.toThrow('secret');
    },
  );
});

describe.each(storageProviders.filter((name) => name === 'postgresql'))('a %s server that goes away', (provider) => {
  const place = testDatabase('snap', provider);
  afterAll(place.dispose);

  it('makes the database unhealthy, and healthy again when it comes back', async () => {
    const url = new URL(place.url);
    const forwarder = new Forwarder(postgresqlAddress(url));
    const port = await forwarder.listen();
    url.searchParams.delete('host');
    url.hostname = '127.0.0.1';
    url.port = String(port);
    const database = await openDatabase('snap', { url: url.href });
    try {
      await database.health();
      forwarder.cut();
      await expect(database.health()).rejects.toMatchObject({
        code: 'UNREACHABLE',
        message: expect.stringContaining('Start the server'),
      });
      forwarder.mend();
      await expect(database.health()).resolves.toBeUndefined();
    } finally {
      await database.close();
      forwarder.close();
    }
  });
});
