import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Domain, DomainClients } from '../domains.ts';
import { type Database, type OpenOptions, openDatabase } from '../open-database.ts';
import type { Provider } from '../storage/storage.ts';

/** A PostgreSQL database in which tests may make and drop schemas, e.g. `postgresql://postgres@127.0.0.1:5432/test`. */
const postgresUrl = process.env.PENTAGRAPH_TEST_POSTGRES_URL;

/** The stores a suite runs on: `describe.each(storageProviders)('tasks on %s', (provider) => { ... })`. */
export const storageProviders: readonly Provider[] = postgresUrl ? ['sqlite', 'postgresql'] : ['sqlite'];

/** An empty place for one test file's data. */
export interface TestDatabase<Client> {
  readonly url: string;
  /** Opens it; again after a close, to see what a restart finds. */
  open(options?: Omit<OpenOptions, 'url'>): Promise<Database<Client>>;
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>;
}

/**
 * A fresh database: a file of its own, or a schema of its own in the database of `PENTAGRAPH_TEST_POSTGRES_URL`.
 * @param provider one of {@link storageProviders}
 */
export function testDatabase<Name extends Domain>(
  domain: Name,
  provider: Provider = 'sqlite',
): TestDatabase<DomainClients[Name]> {
  const { url, remove } = provider === 'sqlite' ? temporaryFile(domain) : temporarySchema(domain);
  const opened: Database<DomainClients[Name]>[] = [];
  return {
    url,
    open: async (options) => {
      const database = await openDatabase(domain, { ...options, url });
      opened.push(database);
      return database;
    },
    dispose: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await remove();
    },
  };
}

interface TemporaryPlace {
  readonly url: string;
  remove(): Promise<void>;
}

function temporaryFile(domain: string): TemporaryPlace {
  const folder = mkdtempSync(join(tmpdir(), `pentagraph-${domain}-`));
  return { url: `file:${join(folder, `${domain}.db`)}`, remove: () => rm(folder, { recursive: true }) };
}

function temporarySchema(domain: string): TemporaryPlace {
  if (!postgresUrl) throw new Error('PENTAGRAPH_TEST_POSTGRES_URL is not set.');
  const url = new URL(postgresUrl);
  const schema = `test_${domain}_${randomBytes(6).toString('hex')}`;
  url.searchParams.set('schema', schema);
  url.searchParams.set('connection_limit', '4');
  return { url: url.href, remove: () => dropSchema(postgresUrl, schema) };
}

async function dropSchema(connectionString: string, schema: string): Promise<void> {
  const pool = await new PrismaPg({ connectionString, options: '-c client_min_messages=warning' }).connect();
  try {
    await pool.executeRaw({ sql: `DROP SCHEMA IF EXISTS "${schema}" CASCADE`, args: [], argTypes: [] });
  } finally {
    await pool.dispose();
  }
}
