import type { SqlQueryable } from '@prisma/driver-adapter-utils';
import { DatabaseError } from '../database-error.ts';
import { describeFailure } from '../storage/driver-error.ts';
import type { ShippedMigration } from './shipped-migrations.ts';

/** A row of `_prisma_migrations` that counts. */
export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  /** False when the process died, or the script failed, before the end. */
  readonly finished: boolean;
}

/** What was applied to a database, oldest first. */
export async function readHistory(database: SqlQueryable): Promise<readonly AppliedMigration[]> {
  try {
    const { rows } = await database.queryRaw({
      sql: `SELECT migration_name, checksum, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END
            FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
      args: [],
      argTypes: [],
    });
    return rows.map(([name, checksum, finished]) => ({
      name: String(name),
      checksum: String(checksum),
      finished: Number(finished) === 1,
    }));
  } catch (error) {
    if (describeFailure(error).kind === 'TableDoesNotExist') return [];
    throw error;
  }
}

/** Whether a database is exactly what the program expects. */
export function isCurrent(history: readonly AppliedMigration[], shipped: readonly ShippedMigration[]): boolean {
  return (
    history.length === shipped.length &&
    shipped.every(({ name, checksum }) =>
      history.some((applied) => applied.finished && applied.name === name && applied.checksum === checksum),
    )
  );
}

/**
 * Refuses a database that the shipped migrations can't bring to what the program expects.
 * @throws DatabaseError `NEWER_THAN_PROGRAM` or `HISTORY_DIFFERS`
 */
export function requireOwnHistory(
  history: readonly AppliedMigration[],
  shipped: readonly ShippedMigration[],
  description: string,
): void {
  for (const applied of history) {
    const own = shipped.find(({ name }) => name === applied.name);
    if (!own) {
      throw new DatabaseError(
        'NEWER_THAN_PROGRAM',
        `${description} is newer than this program: it has the migration '${applied.name}', the last one known here is ` +
          `'${shipped.at(-1)?.name}'. Start the newer version, or restore the backup made before the upgrade.`,
      );
    }
    if (applied.finished && own.checksum !== applied.checksum) {
      throw new DatabaseError(
        'HISTORY_DIFFERS',
        `The migration '${applied.name}' of ${description} is not the one this program brings along. ` +
          'Start the version that made the database, or restore a backup of this version.',
      );
    }
  }
}
