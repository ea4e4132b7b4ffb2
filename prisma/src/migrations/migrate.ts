import { setTimeout as delay } from 'node:timers/promises';
import { asSentence, DatabaseError } from '../database-error.ts';
import type { DatabaseLogger } from '../database-logger.ts';
import type { MigrationLock, Storage } from '../storage/storage.ts';
import { type AppliedMigration, isCurrent, readHistory, requireOwnHistory } from './migration-history.ts';
import { notingTheEnd } from './noted-migrations.ts';
import { datamodelOf, noFilters, withSchemaEngine } from './schema-engine.ts';
import type { ShippedMigration } from './shipped-migrations.ts';

const LOCK_WAIT_MS = 60_000;
const LOCK_POLL_MS = 50;

interface MigrateOptions {
  readonly logger: DatabaseLogger;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings a database to what the program expects; of processes that start at once, one does it and the others wait.
 * @returns the names of the migrations applied by this call
 * @throws DatabaseError, or the reason of the signal
 */
export async function migrate(
  storage: Storage,
  shipped: readonly ShippedMigration[],
  options: MigrateOptions,
): Promise<readonly string[]> {
  if (isCurrent(await historyOf(storage), shipped)) return [];
  const lock = await waitForLock(storage, options);
  try {
    const applied = await applyPending(storage, shipped, options.logger);
    await lock.release('done');
    return applied;
  } catch (error) {
    await lock.release('failed');
    throw error;
  }
}

async function historyOf({ adapters }: Storage): Promise<readonly AppliedMigration[]> {
  const connection = await adapters.connect();
  try {
    return await readHistory(connection);
  } finally {
    await connection.dispose();
  }
}

async function waitForLock(storage: Storage, { logger, signal }: MigrateOptions): Promise<MigrationLock> {
  const deadline = performance.now() + LOCK_WAIT_MS;
  for (let attempt = 0; performance.now() < deadline; attempt++) {
    signal?.throwIfAborted();
    const lock = await storage.tryMigrationLock();
    if (lock) return lock;
    if (attempt === 0) logger.info({ database: storage.description }, 'Waiting for another process that migrates.');
    await delay(LOCK_POLL_MS, undefined, { signal });
  }
  throw new DatabaseError(
    'LOCKED',
    `Another process has kept ${storage.description} locked for ${LOCK_WAIT_MS / 1000} s in order to migrate it. ` +
      'Look after that process, then start this one again.',
  );
}

async function applyPending(
  storage: Storage,
  shipped: readonly ShippedMigration[],
  logger: DatabaseLogger,
): Promise<readonly string[]> {
  const history = await historyOf(storage);
  requireOwnHistory(history, shipped, storage.description);
  if (isCurrent(history, shipped)) return [];
  const datamodel = datamodelOf(storage.provider, '');
  try {
    const adapters = notingTheEnd(storage.adapters, storage.provider, shipped);
    return await withSchemaEngine(datamodel, adapters, logger, async (engine) => {
      for (const { name, finished } of history) {
        // Its script is one transaction, so that nothing of it has remained.
        if (!finished) await engine.markMigrationRolledBack({ migrationName: name });
      }
      const migrationsList = migrationListOf(storage, shipped);
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters });
      logger.info({ database: storage.description, migrations: appliedMigrationNames }, 'Migrated the database.');
      return appliedMigrationNames;
    });
  } catch (error) {
    throw migrationFailed(storage, error);
  }
}

const migrationListOf = ({ provider }: Storage, shipped: readonly ShippedMigration[]) => ({
  baseDir: '.',
  lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
  shadowDbInitScript: '',
  migrationDirectories: shipped.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  })),
});

/** Where in its own code the engine was: it ends its messages with that. */
const ENGINE_TRACE = /\n +0: [\s\S]*$/;

function migrationFailed({ description }: Storage, error: unknown): DatabaseError {
  const reason = (error instanceof Error ? error.message : String(error)).replace(ENGINE_TRACE, '');
  return new DatabaseError(
    'MIGRATION_FAILED',
    `${description} could not be migrated and is as it was before: ${asSentence(reason)} ` +
      'Remove the cause and start again, or start the version that made the database.',
    error,
  );
}
