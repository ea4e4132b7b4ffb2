import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { DatabaseError } from '../database-error.ts';
import type { Claim, ClaimOptions } from './claim.ts';
import type { PostgresqlLocation } from './database-url.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const POLL_MS = 250;
const RECLAIM_MS = 1_000;

/** A connection that holds the lock, or who else does. */
type Attempt = { readonly client: Client } | { readonly holder: string };

/**
 * A claim by an advisory lock of a connection of its own: the server frees it when the process dies, however it dies. When the
 * connection breaks, the claim is taken again as soon as the server lets it.
 */
export class PostgresqlClaim implements Claim {
  readonly #location: PostgresqlLocation;
  readonly #logger: ClaimOptions['logger'];
  readonly #released = new AbortController();
  #client: Client | undefined;
  #lost: DatabaseError | undefined;

  private constructor(location: PostgresqlLocation, logger: ClaimOptions['logger']) {
    this.#location = location;
    this.#logger = logger;
  }

  /** @throws DatabaseError `LOCKED` that names the process which serves these tables */
  static async take(location: PostgresqlLocation, { waitMs, logger, signal }: ClaimOptions): Promise<PostgresqlClaim> {
    const claim = new PostgresqlClaim(location, logger);
    const deadline = performance.now() + waitMs;
    for (let attempts = 0; ; attempts++) {
      const attempt = await claim.#attempt();
      if ('client' in attempt) {
        claim.#hold(attempt.client);
        return claim;
      }
      if (performance.now() >= deadline) throw claim.#taken(attempt.holder);
      if (attempts === 0) logger.info({ holder: attempt.holder }, 'Waiting for the process that serves this database.');
      await delay(POLL_MS, undefined, { signal });
    }
  }

  get lost(): DatabaseError | undefined {
    return this.#lost;
  }

  async release(): Promise<void> {
    this.#released.abort();
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  async #attempt(): Promise<Attempt> {
    const { connectionString, schema } = this.#location;
    const client = new Client({
      connectionString,
      application_name: `pentagraph ${schema}, pid ${process.pid} on ${hostname()}`.slice(0, 63),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    client.on('error', (error) => this.#broke(client, error));
    await client.connect();
    try {
      const { rows } = await client.query<Answer>(TRY_LOCK, [`pentagraph serves ${schema}`]);
      const [answer] = rows;
      if (answer?.held) return { client };
      await client.end();
      return { holder: answer?.holder ?? 'a process that just ended' };
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  #hold(client: Client): void {
    this.#client = client;
    this.#lost = undefined;
    client.on('end', () => this.#broke(client, new Error('the connection was closed')));
  }

  #broke(client: Client, cause: Error): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    const { schema } = this.#location;
    this.#lost = new DatabaseError('UNREACHABLE', `The claim on schema ${schema} is lost: ${cause.message}.`, cause);
    this.#logger.warn(
      { err: cause, schema },
      'The claim on the database is lost; it is taken again when the server lets it.',
    );
    void this.#reclaim();
  }

  async #reclaim(): Promise<void> {
    const { signal } = this.#released;
    while (!signal.aborted) {
      try {
        const attempt = await this.#attempt();
        if ('holder' in attempt) this.#lost = this.#taken(attempt.holder);
        else if (signal.aborted) await attempt.client.end();
        else {
          this.#hold(attempt.client);
          this.#logger.info({ schema: this.#location.schema }, 'The claim on the database is held again.');
          return;
        }
      } catch (error) {
        this.#logger.debug({ err: error }, 'The claim on the database could not be taken yet.');
      }
      await delay(RECLAIM_MS, undefined, { signal }).catch(() => {});
    }
  }

  #taken(holder: string): DatabaseError {
    const { schema, description } = this.#location;
    return new DatabaseError(
      'LOCKED',
      `PostgreSQL ${description} schema ${schema} is served by another process: ${holder}. One process serves a domain: stop that one, ` +
        "give this one another database, or reach the domain through that one with 'pentagraph router'.",
    );
  }
}

interface Answer {
  readonly held: boolean;
  readonly holder: string | null;
}

/** Takes the lock, and names who has it otherwise; a 64-bit key shows up in `pg_locks` as two halves. */
const TRY_LOCK = `
  WITH key AS (SELECT hashtextextended($1, 0) AS value),
       attempt AS (SELECT pg_try_advisory_lock(value) AS held FROM key)
  SELECT attempt.held, (
    SELECT activity.application_name || coalesce(' (' || host(activity.client_addr) || ')', '')
    FROM pg_locks AS locks JOIN pg_stat_activity AS activity USING (pid), key
    WHERE locks.locktype = 'advisory' AND locks.granted AND locks.objsubid = 1
      AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND ((locks.classid::bigint << 32) | locks.objid::bigint) = key.value
    LIMIT 1
  ) AS holder
  FROM attempt`;
