import type { SqlDriverAdapter, SqlQuery } from '@prisma/driver-adapter-utils';
import { asSentence, DatabaseError } from '../database-error.ts';
import type { DatabaseLogger } from '../database-logger.ts';
import type { Claim, ClaimOptions } from './claim.ts';
import type { PostgresqlLocation } from './database-url.ts';
import { describeFailure, type Explanation, explanationOf } from './driver-error.ts';
import { PostgresqlAdapterFactory } from './postgresql-adapter.ts';
import { PostgresqlClaim } from './postgresql-claim.ts';
import type { MigrationLock, Storage } from './storage.ts';

/** A domain's tables in a schema of a PostgreSQL database. */
export class PostgresqlStorage implements Storage {
  readonly provider = 'postgresql';
  readonly description: string;
  readonly adapters: PostgresqlAdapterFactory;
  readonly #location: PostgresqlLocation;
  readonly #schema: string;
  readonly #server: string;

  constructor(location: PostgresqlLocation, logger: DatabaseLogger) {
    this.#location = location;
    this.#schema = location.schema;
    this.#server = location.description;
    this.description = `PostgreSQL ${location.description} schema ${location.schema}`;
    this.adapters = new PostgresqlAdapterFactory(location, logger);
  }

  async prepare(): Promise<void> {
    const pool = await this.adapters.connect();
    try {
      await this.#createSchema(pool);
    } finally {
      await pool.dispose();
    }
  }

  /** An advisory lock of a transaction: the server frees it when the connection ends. */
  async tryMigrationLock(): Promise<MigrationLock | undefined> {
    const pool = await this.adapters.connect();
    try {
      const transaction = await pool.startTransaction();
      const release = async () => {
        await transaction.executeRaw(statement('ROLLBACK'));
        await transaction.rollback();
        await pool.dispose();
      };
      const { rows } = await transaction.queryRaw(
        statement(`SELECT pg_try_advisory_xact_lock(hashtextextended('pentagraph migrates ${this.#schema}', 0))`),
      );
      if (rows[0]?.[0] === true) return { release };
      await release();
      return undefined;
    } catch (error) {
      await pool.dispose();
      throw error;
    }
  }

  claim(options: ClaimOptions): Promise<Claim> {
    return PostgresqlClaim.take(this.#location, options);
  }

  explain(error: unknown): DatabaseError {
    if (error instanceof DatabaseError) return error;
    const failure = describeFailure(error);
    const advice = explanationOf(failure, explanations)?.advice ?? 'Check the server and the address.';
    const message = `PostgreSQL at ${this.#server} can't be used: ${asSentence(failure.message)} ${advice}`;
    return new DatabaseError('UNREACHABLE', message, error);
  }

  /** Looks first: creating, even `IF NOT EXISTS`, needs a right that a careful administrator may not have given. */
  async #createSchema(pool: SqlDriverAdapter): Promise<void> {
    const { rows } = await pool.queryRaw(
      statement(`SELECT count(*)::int FROM pg_namespace WHERE nspname = '${this.#schema}'`),
    );
    if (rows[0]?.[0] === 1) return;
    try {
      await pool.executeRaw(statement(`CREATE SCHEMA IF NOT EXISTS "${this.#schema}"`));
    } catch (error) {
      // Two processes that create the same schema at once: the one that comes second has what it wanted.
      if (!['23505', '42P06'].includes(describeFailure(error).code)) throw error;
    }
  }
}

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] });

const explanations: readonly Explanation[] = [
  {
    sign: /DatabaseNotReachable|ConnectionClosed|SocketTimeout|ECONN|ENOTFOUND|EAI_|EHOST|ENET|ENOENT|57P0|terminated|timeout/,
    advice: 'Start the server, or correct host and port of the address.',
  },
  {
    sign: /AuthenticationFailed|DatabaseAccessDenied|28000|28P01/,
    advice: 'Correct user and password of the address, or allow this user in pg_hba.conf.',
  },
  { sign: /DatabaseDoesNotExist/, advice: 'Create the database (createdb), or correct its name.' },
  {
    sign: /TooManyConnections/,
    advice: "Raise max_connections of the server, or lower '?connection_limit=' of the address.",
  },
  { sign: /TlsConnectionError/, advice: "Correct '?sslmode=' of the address, or the certificates." },
  { sign: /42501/, advice: 'Grant this user CREATE on the database, or create the schema for it beforehand.' },
];
