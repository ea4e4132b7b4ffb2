import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DatabaseLogger } from '../database-logger.ts';
import type { PostgresqlLocation } from './database-url.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;

/** Opens pools of connections to a PostgreSQL database, each working in one schema. */
export class PostgresqlAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName: string;
  readonly #factory: PrismaPg;

  constructor({ connectionString, schema, poolSize }: PostgresqlLocation, logger: DatabaseLogger) {
    const onLostConnection = (error: Error) =>
      logger.warn({ err: error, schema }, 'A PostgreSQL connection was lost; the pool will open another one.');
    this.#factory = new PrismaPg(
      {
        connectionString,
        application_name: `pentagraph ${schema}`,
        max: poolSize,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        idleTimeoutMillis: IDLE_TIMEOUT_MS,
        keepAlive: true,
        // Raw statements name tables without their schema.
        options: `-c search_path="${schema}"`,
      },
      { schema, onPoolError: onLostConnection, onConnectionError: onLostConnection },
    );
    this.adapterName = this.#factory.adapterName;
  }

  async connect(): Promise<SqlDriverAdapter> {
    return withWholeScripts(await this.#factory.connect());
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    return withWholeScripts(await this.#factory.connectToShadowDb());
  }
}

/**
 * Prisma's adapter cuts scripts at every semicolon and runs the pieces on any connection. As one statement without
 * parameters the server takes a script whole: in one transaction, whatever its text holds.
 */
function withWholeScripts(pool: SqlDriverAdapter): SqlDriverAdapter {
  return {
    provider: pool.provider,
    adapterName: pool.adapterName,
    queryRaw: (query) => pool.queryRaw(query),
    executeRaw: (query) => pool.executeRaw(query),
    executeScript: async (script) => {
      await pool.executeRaw({ sql: script, args: [], argTypes: [] });
    },
    startTransaction: (isolationLevel) => pool.startTransaction(isolationLevel),
    getConnectionInfo: () => pool.getConnectionInfo?.() ?? { supportsRelationJoins: true },
    dispose: () => pool.dispose(),
  };
}
