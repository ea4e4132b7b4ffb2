import type { DatabaseLogger } from '../database-logger.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { PostgresqlStorage } from './postgresql-storage.ts';
import { SqliteStorage } from './sqlite-storage.ts';
import type { Storage } from './storage.ts';

/** The storage at a database address. @throws DatabaseError `UNSUPPORTED_URL` */
export function storageAt(url: string, domain: string, logger: DatabaseLogger): Storage {
  const location = parseDatabaseUrl(url, domain);
  return location.provider === 'sqlite' ? new SqliteStorage(location) : new PostgresqlStorage(location, logger);
}
