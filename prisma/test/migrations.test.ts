import { readFile } from 'node:fs/promises';
import { domains } from '@pentagraph/prisma';
import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../src/database-logger.ts';
import { migrate } from '../src/migrations/migrate.ts';
import { differenceOfModels } from '../src/migrations/schema-difference.ts';
import {
  migratedSchemaFile,
  type ShippedMigration,
  schemaFile,
  shippedMigrations,
} from '../src/migrations/shipped-migrations.ts';
import type { Storage } from '../src/storage/storage.ts';
import { storageAt } from '../src/storage/storage-at.ts';
import { catalogOf, createTables } from './support/catalog.ts';

const models = (domain: string) => readFile(schemaFile(domain), 'utf8');

describe.each(domains)('the migrations of %s', (domain) => {
  it.each(['sqlite', 'postgresql'] as const)('leave no change of the models forgotten on %s', async (provider) => {
    const migrated = await readFile(migratedSchemaFile(domain), 'utf8');
    expect(await differenceOfModels(provider, migrated, await models(domain))).toBe('');
  });

  it('have the same names on both stores', async () => {
    const namesOn = async (provider: 'sqlite' | 'postgresql') =>
      (await shippedMigrations(domain, provider)).map(({ name }) => name);
    expect(await namesOn('sqlite')).toEqual(await namesOn('postgresql'));
  });

  it.each(storageProviders)('lead to the very tables that the models describe on %s', async (provider) => {
    const migrated = testDatabase(domain, provider);
    const described = testDatabase(domain, provider);
    try {
      await (await migrated.open()).close();
      await createTables(described.url, domain, await differenceOfModels(provider, '', await models(domain)));
      const catalog = await catalogOf(described.url, domain);
      expect(catalog.length).toBeGreaterThan(0);
      expect(await catalogOf(migrated.url, domain)).toEqual(catalog);
    } finally {
      await Promise.all([migrated.dispose(), described.dispose()]);
    }
  });
});

describe.each(storageProviders)('a history on %s that is not the expected one', (provider) => {
  const places: ReturnType<typeof testDatabase<'snap'>>[] = [];
  afterEach(async () => {
    await Promise.all(places.splice(0).map((place) => place.dispose()));
  });

  /** A migrated database whose history was tampered with. */
  async function databaseAfter(...statements: string[]) {
    const place = testDatabase('snap', provider);
    places.push(place);
    const database = await place.open();
    for (const statement of statements) await database.client.$executeRawUnsafe(statement);
    await database.close();
    return place;
  }

  it('refuses a database of a newer program', async () => {
    const place = await databaseAfter(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ('x', 'y', '29990101000000_future', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)`,
    );
    await expect(place.open()).rejects.toMatchObject({
      code: 'NEWER_THAN_PROGRAM',
      message: expect.stringMatching(/has the migration '29990101000000_future', the last one known here is '\d+_\w+'/),
    });
  });

  it('refuses a database whose migration was another one', async () => {
    const place = await databaseAfter(`UPDATE _prisma_migrations SET checksum = 'other'`);
    await expect(place.open()).rejects.toMatchObject({ code: 'HISTORY_DIFFERS' });
  });

  it('applies again what a dying process left unfinished', async () => {
    const place = await databaseAfter(
      'UPDATE _prisma_migrations SET finished_at = NULL',
      ...['SnapPlugin', 'SnapPluginConfig', 'SnapTask'].map((table) => `DROP TABLE "${table}"`),
    );
    const database = await place.open();
    expect(database.appliedMigrations).toHaveLength(1);
    expect(await database.client.snapTask.count()).toBe(0);
  });
});

/** A storage of a process that dies when a script has been run. */
function dyingAfterScripts(storage: Storage): Storage {
  let died = false;
  const whileAlive = <Result>(work: () => Promise<Result>): Promise<Result> =>
    died ? Promise.reject(new Error('killed')) : work();
  const connect = async (): Promise<SqlDriverAdapter> => {
    const connection = await storage.adapters.connect();
    return {
      provider: connection.provider,
      adapterName: connection.adapterName,
      queryRaw: (query) => whileAlive(() => connection.queryRaw(query)),
      executeRaw: (query) => whileAlive(() => connection.executeRaw(query)),
      startTransaction: (level) => whileAlive(() => connection.startTransaction(level)),
      executeScript: async (script) => {
        await whileAlive(() => connection.executeScript(script));
        died = script.includes('CREATE TABLE "SnapTask"');
      },
      dispose: () => connection.dispose(),
    };
  };
  return {
    provider: storage.provider,
    description: storage.description,
    adapters: { ...storage.adapters, connect, connectToShadowDb: connect },
    prepare: () => storage.prepare(),
    tryMigrationLock: () => storage.tryMigrationLock(),
    claim: (options) => storage.claim(options),
    explain: (error) => storage.explain(error),
  };
}

describe.each(storageProviders)('a process on %s that dies right after a script', (provider) => {
  const place = testDatabase('snap', provider);
  afterAll(place.dispose);

  it('leaves a database that knows it is migrated', async () => {
    const storage = await storageAt(place.url, 'snap', silentLogger);
    await storage.prepare();
    const shipped = await shippedMigrations('snap', provider);
    await expect(migrate(dyingAfterScripts(storage), shipped, { logger: silentLogger })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.not.stringContaining('.rs:'),
    });
    const database = await place.open();
    expect(database.appliedMigrations).toEqual([]);
    expect(await database.client.snapTask.count()).toBe(0);
  });
});

describe.each(storageProviders)('a migration on %s that fails', (provider) => {
  const place = testDatabase('snap', provider);
  afterAll(place.dispose);

  it('changes nothing, says why, and can be tried again', async () => {
    await (await place.open()).close();
    const storage = await storageAt(place.url, 'snap', silentLogger);
    const shipped = await shippedMigrations('snap', provider);
    const next = (sql: string): readonly ShippedMigration[] => {
      const whole = provider === 'sqlite' ? `BEGIN;\n${sql}\nCOMMIT;\n` : sql;
      return [
        ...shipped,
        { name: '29990101000000_next', sql: whole, checksum: 'of no account: nobody opens it again' },
      ];
    };

    const failing = next(`CREATE TABLE half ("text" TEXT DEFAULT ';');\nINSERT INTO missing VALUES (1);`);
    await expect(migrate(storage, failing, { logger: silentLogger })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('missing'),
    });

    const mended = next(`CREATE TABLE half ("text" TEXT DEFAULT ';');`);
    expect(await migrate(storage, mended, { logger: silentLogger })).toEqual(['29990101000000_next']);
  });
});
