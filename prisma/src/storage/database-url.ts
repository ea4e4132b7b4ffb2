import { isAbsolute, resolve } from 'node:path';
import { DatabaseError } from '../database-error.ts';

/** Where a domain's data is kept. */
export type DatabaseLocation = SqliteLocation | PostgresqlLocation;

export interface SqliteLocation {
  readonly provider: 'sqlite';
  /** Absolute path of the file. */
  readonly path: string;
}

export interface PostgresqlLocation {
  readonly provider: 'postgresql';
  /** The address without the parameters that only this program knows. */
  readonly connectionString: string;
  /** The PostgreSQL schema that holds the domain's tables. */
  readonly schema: string;
  /** How many connections the pool may open. */
  readonly poolSize: number;
  /** User, server and database, without the password. */
  readonly description: string;
}

const DEFAULT_POOL_SIZE = 10;
const PLAIN_IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
const ALLOWED = "Allowed are 'file:/path/to/file.db' and 'postgresql://user:password@host:5432/database'.";

/**
 * Reads a database address.
 * @param domain names the PostgreSQL schema unless `?schema=` does
 * @throws DatabaseError `UNSUPPORTED_URL`
 */
export function parseDatabaseUrl(url: string, domain: string): DatabaseLocation {
  if (url.startsWith('file:')) return sqliteLocation(url);
  if (/^postgres(ql)?:\/\//.test(url)) return postgresqlLocation(url, domain);
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(url)?.[0];
  throw unsupported(
    scheme ? `No store is known for database addresses with '${scheme}'.` : 'The database address has no scheme.',
  );
}

function sqliteLocation(url: string): SqliteLocation {
  const path = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
  if (path === '') throw unsupported("'file:' names no file.");
  if (path.includes(':memory:')) throw unsupported('A database in memory would lose what it acknowledged.');
  return { provider: 'sqlite', path: isAbsolute(path) ? path : resolve(path) };
}

function postgresqlLocation(url: string, domain: string): PostgresqlLocation {
  const address = parseAddress(url);
  const schema = takeParameter(address, 'schema') ?? domain;
  if (!PLAIN_IDENTIFIER.test(schema)) {
    throw unsupported(`'schema=${schema}' is no plain name of a PostgreSQL schema (letters, digits, underscores).`);
  }
  const limit = takeParameter(address, 'connection_limit');
  const poolSize = limit === undefined ? DEFAULT_POOL_SIZE : Number(limit);
  if (!Number.isInteger(poolSize) || poolSize < 1) throw unsupported(`'connection_limit=${limit}' must be 1 or more.`);
  const user = address.username ? `${decodeURIComponent(address.username)}@` : '';
  const server = address.host || address.searchParams.get('host') || 'localhost';
  return {
    provider: 'postgresql',
    connectionString: address.href,
    schema,
    poolSize,
    description: `${user}${server}${address.pathname}`,
  };
}

function parseAddress(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw unsupported(
      'The PostgreSQL address is malformed (special characters in a password must be percent-encoded).',
    );
  }
}

function takeParameter(address: URL, name: string): string | undefined {
  const value = address.searchParams.get(name) ?? undefined;
  address.searchParams.delete(name);
  return value;
}

const unsupported = (what: string): DatabaseError => new DatabaseError('UNSUPPORTED_URL', `${what} ${ALLOWED}`);
