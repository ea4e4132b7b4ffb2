import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Provider } from '../storage/storage.ts';
import type { ShippedMigration } from './shipped-migrations.ts';

/**
 * The schema engine runs a migration's script and notes its end with a statement of its own: a process that dies in
 * between leaves a database that is migrated and does not know it. Over these connections the script's own transaction
 * notes it; what the engine writes after that changes nothing of importance.
 */
export function notingTheEnd(
  adapters: SqlMigrationAwareDriverAdapterFactory,
  provider: Provider,
  shipped: readonly ShippedMigration[],
): SqlMigrationAwareDriverAdapterFactory {
  const noted = new Map(shipped.map((migration) => [migration.sql, withNote(provider, migration)]));
  const noting = (connection: SqlDriverAdapter): SqlDriverAdapter => ({
    provider: connection.provider,
    adapterName: connection.adapterName,
    queryRaw: (query) => connection.queryRaw(query),
    executeRaw: (query) => connection.executeRaw(query),
    executeScript: (script) => connection.executeScript(noted.get(script) ?? script),
    startTransaction: (isolationLevel) => connection.startTransaction(isolationLevel),
    getConnectionInfo: () => connection.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    dispose: () => connection.dispose(),
  });
  return {
    provider: adapters.provider,
    adapterName: adapters.adapterName,
    connect: async () => noting(await adapters.connect()),
    connectToShadowDb: () => adapters.connectToShadowDb(),
  };
}

/** SQLite's scripts hold their transaction; PostgreSQL takes a script whole as one. */
function withNote(provider: Provider, { name, sql }: ShippedMigration): string {
  const note = `UPDATE _prisma_migrations SET finished_at = CURRENT_TIMESTAMP WHERE migration_name = '${name}' AND rolled_back_at IS NULL;`;
  if (provider === 'postgresql') return `${sql}\n;\n${note}\n`;
  const end = sql.lastIndexOf('COMMIT;');
  return end < 0 ? sql : `${sql.slice(0, end)}${note}\n${sql.slice(end)}`;
}
