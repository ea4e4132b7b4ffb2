import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { Provider } from '../storage/storage.ts';

/** A database that the schema engine can compare datamodels with, although there is none. */
export function offlineAdapter(provider: Provider): SqlMigrationAwareDriverAdapterFactory {
  if (provider === 'sqlite') return new PrismaBetterSqlite3({ url: ':memory:' });
  const connect = async () => pretendedPostgresql;
  return { provider: 'postgres', adapterName: 'offline', connect, connectToShadowDb: connect };
}

/** Answers the one question the engine asks before it compares: whether the schema is there, and the server's version. */
const pretendedPostgresql: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: 'offline',
  queryRaw: async () => ({
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
    rows: [[true, 'PostgreSQL 15.0', 150_000]],
  }),
  executeRaw: () => refuse(),
  executeScript: () => refuse(),
  startTransaction: () => refuse(),
  getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  dispose: async () => {},
};

const refuse = (): Promise<never> => Promise.reject(new Error('Comparing datamodels must not touch a database.'));
