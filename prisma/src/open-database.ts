import { DatabaseError } from './database-error.ts';
import { type DatabaseLogger, silentLogger } from './database-logger.ts';
import { type Domain, type DomainClients, loadClientClass } from './domains.ts';
import { migrate } from './migrations/migrate.ts';
import { shippedMigrations } from './migrations/shipped-migrations.ts';
import type { Claim } from './storage/claim.ts';
import type { Provider } from './storage/storage.ts';
import { storageAt } from './storage/storage-at.ts';

/** A domain's open database. */
export interface Database<Client> {
  /** Prisma's client; within `$transaction(async (tx) => ...)` use `tx` only. */
  readonly client: Client;
  readonly provider: Provider;
  /** Store and place for people, e.g. `SQLite /var/lib/pentagraph/snap.db`; never a password. */
  readonly description: string;
  /** The migrations that opening it applied; empty when it was up to date. */
  readonly appliedMigrations: readonly string[];
  /** @throws DatabaseError that says why the database does not answer. */
  health(): Promise<void>;
  /** Ends what runs and releases the connections; may be called twice. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** `file:/path/to/file.db` or `postgresql://user:password@host:port/database[?schema=...&connection_limit=...]`. */
  readonly url: string;
  readonly logger?: DatabaseLogger;
  /**
   * Refuses to share the domain's tables with another process, after waiting `waitMs` milliseconds for it to end. Absent: shared.
   * On SQLite the lock of the data directory does this.
   */
  readonly exclusive?: { readonly waitMs: number };
  /** Gives up opening; an open database does not heed it any more. */
  readonly signal?: AbortSignal;
}

/** How long a transaction waits for its begin, and may take. Over SQLite's one connection a burst of them queues up. */
const TRANSACTION_OPTIONS = { maxWait: 10_000, timeout: 20_000 } as const;

/**
 * Opens a domain's database: makes it if it is not there, applies the migrations it lacks, connects.
 * @throws DatabaseError whose message says what to do, or the signal's reason
 */
export async function openDatabase<Name extends Domain>(
  domain: Name,
  { url, logger = silentLogger, exclusive, signal }: OpenOptions,
): Promise<Database<DomainClients[Name]>> {
  const storage = await storageAt(url, domain, logger);
  let claim: Claim | undefined;
  try {
    const [clientClass] = await Promise.all([loadClientClass(domain, storage.provider), storage.prepare()]);
    claim = exclusive && (await storage.claim({ ...exclusive, logger, signal }));
    signal?.throwIfAborted();
    const shipped = await shippedMigrations(domain, storage.provider);
    const appliedMigrations = await migrate(storage, shipped, { logger, signal });
    signal?.throwIfAborted();
    const client = new clientClass({
      adapter: storage.adapters,
      errorFormat: 'minimal',
      transactionOptions: TRANSACTION_OPTIONS,
    });
    await client.$connect();
    let closing: Promise<void> | undefined;
    return {
      client,
      provider: storage.provider,
      description: storage.description,
      appliedMigrations,
      health: async () => {
        if (closing) throw new DatabaseError('CLOSED', `${storage.description} is closed.`);
        if (claim?.lost) throw claim.lost;
        try {
          await client.$queryRawUnsafe('SELECT count(*) FROM _prisma_migrations');
        } catch (error) {
          throw storage.explain(error);
        }
      },
      close: () => {
        closing ??= client.$disconnect().finally(() => claim?.release());
        return closing;
      },
    };
  } catch (error) {
    await claim?.release();
    if (signal?.aborted) throw signal.reason;
    throw storage.explain(error);
  }
}
