import type { DatabaseLogger } from '../database-logger.ts';
import { parseDatabaseUrl } from './database-url.ts';
import type { Storage } from './storage.ts';

/**
 * The storage at a database address. Only its own driver is loaded: a process starts in less time and memory without the
 * other one.
 * @throws DatabaseError `UNSUPPORTED_URL`
 */
export async function storageAt(url: string, domain: string, logger: DatabaseLogger): Promise<Storage> {
  const location = parseDatabaseUrl(url, domain);
  if (location.provider === 'sqlite') {
    const { SqliteStorage } = await import('./sqlite-storage.ts');
    return new SqliteStorage(location);
  }
  const { PostgresqlStorage } = await import('./postgresql-storage.ts');
  return new PostgresqlStorage(location, logger);
}
