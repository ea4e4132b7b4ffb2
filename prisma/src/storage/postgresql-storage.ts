import type { SqlDriverAdapter, SqlQuery } from '@prisma/driver-adapter-utils';
import { DatabaseError } from '../database-error.ts';
import type { DatabaseLogger } from '../database-logger.ts';
import type { PostgresqlLocation } from './database-url.ts';
import { describeFailure } from './driver-error.ts';
import { PostgresqlAdapterFactory } from './postgresql-adapter.ts';
import type { MigrationLock, Storage } from './storage.ts';

/** A domain's tables in a schema of a PostgreSQL database. */
export class PostgresqlStorage implements Storage {
  readonly provider = 'postgresql';
  readonly description: string;
  readonly adapters: PostgresqlAdapterFactory;
  readonly #schema: string;
  readonly #server: string;

  constructor(location: PostgresqlLocation, logger: DatabaseLogger) {
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

  explain(error: unknown): DatabaseError {
    if (error instanceof DatabaseError) return error;
    const { code, kind, message } = describeFailure(error);
    const known = explanations.find(({ kinds, codes }) => (kind && kinds.includes(kind)) || codes.test(code));
    const advice = known?.say ?? 'Check the server and the address.';
    return new DatabaseError(
      'UNREACHABLE',
      `PostgreSQL at ${this.#server} can't be used: ${message}. ${advice}`,
      error,
    );
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

const explanations: readonly { kinds: readonly string[]; codes: RegExp; say: string }[] = [
  {
    kinds: ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout'],
    codes: /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|ENOENT|57P0)/,
    say: 'Start the server, or correct host and port of the address.',
  },
  {
    kinds: ['AuthenticationFailed', 'DatabaseAccessDenied'],
    codes: /^28/,
    say: 'Correct user and password of the address, or allow this user in pg_hba.conf.',
  },
  { kinds: ['DatabaseDoesNotExist'], codes: /^3D000/, say: 'Create the database (createdb), or correct its name.' },
  {
    kinds: ['TooManyConnections'],
    codes: /^53300/,
    say: "Raise max_connections of the server, or lower '?connection_limit=' of the address.",
  },
  {
    kinds: ['TlsConnectionError'],
    codes: /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/,
    say: "Correct '?sslmode=' of the address or the certificates.",
  },
  {
    kinds: [],
    codes: /^42501/,
    say: 'Grant this user CREATE on the database, or create the schema for it beforehand.',
  },
];
