import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { describeFailure } from './driver-error.ts';
import { TurnQueue } from './turn-queue.ts';

/** How long a statement waits for another process's write. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * With the write-ahead log, `synchronous = NORMAL` keeps every commit when the process is killed, and keeps the
 * file consistent when the power fails; only then may the last commits be missing. `FULL` would close that gap with a
 * disk flush in every commit, during which the whole process stands still: whoever needs it takes PostgreSQL.
 */
const SETTINGS = `
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA journal_size_limit = 67108864;
`;

/** Opens a SQLite file for Prisma. */
export class SqliteAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'sqlite';
  readonly adapterName: string;
  readonly #factory: PrismaBetterSqlite3;

  constructor(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS) {
    this.#factory = new PrismaBetterSqlite3({ url: `file:${path}`, timeout: busyTimeoutMs });
    this.adapterName = this.#factory.adapterName;
  }

  async connect(): Promise<SqlDriverAdapter> {
    const connection = await this.#factory.connect();
    try {
      await connection.executeScript(SETTINGS);
    } catch (error) {
      await connection.dispose();
      throw error;
    }
    return new TurnTakingConnection(connection);
  }

  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return this.#factory.connectToShadowDb();
  }
}

/**
 * Prisma's adapter has one connection and runs statements from outside a transaction within whatever transaction is open
 * on it: they would be rolled back with it although they were acknowledged. Here they wait for its end.
 *
 * Inside `$transaction(async (tx) => ...)` use `tx` only: a statement through the client would wait for ever (until the
 * transaction times out).
 */
class TurnTakingConnection implements SqlDriverAdapter {
  readonly provider = 'sqlite';
  readonly adapterName: string;
  readonly #connection: SqlDriverAdapter;
  readonly #turns = new TurnQueue();

  constructor(connection: SqlDriverAdapter) {
    this.#connection = connection;
    this.adapterName = connection.adapterName;
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return this.#turns.run(() => this.#connection.queryRaw(query));
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#turns.run(() => this.#connection.executeRaw(query));
  }

  executeScript(script: string): Promise<void> {
    return this.#turns.run(() => this.#connection.executeScript(script));
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    const endTurn = await this.#turns.take();
    try {
      const transaction = await this.#connection.startTransaction(isolationLevel);
      await takeWriteLock(transaction);
      return endingTurn(transaction, endTurn);
    } catch (error) {
      endTurn();
      throw error;
    }
  }

  dispose(): Promise<void> {
    return this.#turns.run(() => this.#connection.dispose());
  }
}

/**
 * The adapter begins transactions that take the write lock with their first write; after a read that fails at once when
 * another process has written meanwhile. Taking the lock from the start waits instead.
 */
async function takeWriteLock(transaction: Transaction): Promise<void> {
  try {
    await transaction.executeRaw(statement('ROLLBACK'));
    await transaction.executeRaw(statement('BEGIN IMMEDIATE'));
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] });

function endingTurn(transaction: Transaction, endTurn: () => void): Transaction {
  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => transaction.queryRaw(query),
    executeRaw: (query) => transaction.executeRaw(query),
    commit: () => transaction.commit().finally(endTurn),
    rollback: () => abandon(transaction).finally(endTurn),
    createSavepoint: async (name) => transaction.createSavepoint?.(name),
    rollbackToSavepoint: async (name) => transaction.rollbackToSavepoint?.(name),
    releaseSavepoint: async (name) => transaction.releaseSavepoint?.(name),
  };
}

/**
 * Prisma comes here after its ROLLBACK, but also after a COMMIT that failed, which leaves SQLite's transaction open:
 * everything written later would silently belong to it.
 */
async function abandon(transaction: Transaction): Promise<void> {
  try {
    await transaction.executeRaw(statement('ROLLBACK'));
  } catch (error) {
    if (!describeFailure(error).message.includes('no transaction is active')) throw error;
  } finally {
    await transaction.rollback();
  }
}
