import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from '../src/storage/database-url.ts';

describe('parseDatabaseUrl', () => {
  it.each([
    ['file:/var/lib/snap.db', '/var/lib/snap.db'],
    ['file:///var/lib/snap.db', '/var/lib/snap.db'],
    ['file:data/snap.db', resolve('data/snap.db')],
    ['file:./50% full?/snap.db', resolve('50% full?/snap.db')],
  ])('%s is a SQLite file', (url, path) => {
    expect(parseDatabaseUrl(url, 'snap')).toEqual({ provider: 'sqlite', path });
  });

  it.each([
    ['postgresql://ann:s3cr%40t@db:6432/graph', { schema: 'snap', poolSize: 10, description: 'ann@db:6432/graph' }],
    ['postgres://db/graph?schema=other', { schema: 'other', description: 'db/graph' }],
    ['postgresql://a%40b@db/graph?connection_limit=3&sslmode=require', { poolSize: 3, description: 'a@b@db/graph' }],
    ['postgresql:///graph?host=/run/postgresql', { description: '/run/postgresql/graph' }],
  ])('%s is a PostgreSQL schema', (url, expected) => {
    expect(parseDatabaseUrl(url, 'snap')).toMatchObject({ provider: 'postgresql', ...expected });
  });

  it("keeps the server's parameters and takes away its own", () => {
    expect(parseDatabaseUrl('postgresql://db/g?sslmode=require&schema=s&connection_limit=2', 'snap')).toMatchObject({
      connectionString: 'postgresql://db/g?sslmode=require',
    });
  });

  it.each([
    ['mysql://ann:secret@db/graph', "No store is known for database addresses with 'mysql:'."],
    ['snap.db', 'The database address has no scheme.'],
    ['', 'The database address has no scheme.'],
    ['file:', "'file:' names no file."],
    ['file::memory:', 'A database in memory would lose what it acknowledged.'],
    ['postgresql://ann:sec/ret@:x@db/graph', 'The PostgreSQL address is malformed'],
    ['postgresql://db/graph?schema=a"b', `'schema=a"b' is no plain name of a PostgreSQL schema`],
    ['postgresql://db/graph?connection_limit=0', "'connection_limit=0' must be 1 or more."],
    ['postgresql://db/graph?connection_limit=x', "'connection_limit=x' must be 1 or more."],
  ])('refuses %j and says what is allowed', (url, reason) => {
    expect(() => parseDatabaseUrl(url, 'snap')).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_URL', message: expect.stringContaining(reason) }),
    );
    expect(() => parseDatabaseUrl(url, 'snap')).toThrow('postgresql://user:password@host:5432/database');
    expect(() => parseDatabaseUrl(url, 'snap')).not.toThrow(/sec.?ret/);
  });
});
