import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { DatabaseError } from '../database-error.ts';
import type { SqliteLocation } from './database-url.ts';
import { describeFailure } from './driver-error.ts';
import { SqliteAdapterFactory } from './sqlite-adapter.ts';
import type { MigrationLock, Storage } from './storage.ts';

/** A domain's tables in a SQLite file of their own. */
export class SqliteStorage implements Storage {
  readonly provider = 'sqlite';
  readonly description: string;
  readonly adapters: SqliteAdapterFactory;
  readonly #path: string;

  constructor({ path }: SqliteLocation) {
    this.#path = path;
    this.description = `SQLite ${path}`;
    this.adapters = new SqliteAdapterFactory(path);
  }

  async prepare(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
  }

  /**
   * The lock is a transaction in a file beside the database: the database itself can't be locked while the schema engine
   * needs it, and the operating system frees the lock when the process dies.
   */
  async tryMigrationLock(): Promise<MigrationLock | undefined> {
    const lockPath = `${this.#path}.migrating`;
    const connection = await new PrismaBetterSqlite3({ url: `file:${lockPath}`, timeout: 0 }).connect();
    try {
      await connection.executeScript('BEGIN EXCLUSIVE');
      await this.#useWriteAheadLog();
    } catch (error) {
      await connection.dispose();
      if (isBusy(error)) return undefined;
      throw error;
    }
    return {
      release: async (outcome) => {
        // Whoever waits on the removed file finds nothing left to migrate; after a failure the next one must still wait.
        if (outcome === 'done') await rm(lockPath, { force: true });
        await connection.dispose();
      },
    };
  }

  explain(error: unknown): DatabaseError {
    if (error instanceof DatabaseError) return error;
    const { code, message } = describeFailure(error);
    const known = explanations.find(({ codes }) => codes.test(code));
    if (known) return new DatabaseError(known.as, `${known.say(this.#path)} (${message})`, error);
    return new DatabaseError('INACCESSIBLE', `The database ${this.#path} can't be used: ${message}`, error);
  }

  /** The mode is a property of the file, and changing it fails at once while anybody else reads: hence within the lock. */
  async #useWriteAheadLog(): Promise<void> {
    const connection = await this.adapters.connect();
    try {
      await connection.executeScript('PRAGMA journal_mode = WAL');
    } finally {
      await connection.dispose();
    }
  }
}

const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(describeFailure(error).code);

const explanations = [
  {
    codes: /^SQLITE_(NOTADB|CORRUPT)/,
    as: 'CORRUPT',
    say: (path: string) =>
      `${path} is damaged or no SQLite database. Restore it from a backup, or move it away to start with an empty one.`,
  },
  {
    codes: /^SQLITE_(BUSY|LOCKED)/,
    as: 'LOCKED',
    say: (path: string) => `Another process keeps ${path} locked. Stop it, or give this one another data directory.`,
  },
  {
    codes: /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EISDIR)/,
    as: 'INACCESSIBLE',
    say: (path: string) => `${path} can't be opened for writing. Check the path and its permissions.`,
  },
  {
    codes: /^(SQLITE_FULL|ENOSPC)/,
    as: 'INACCESSIBLE',
    say: (path: string) => `The disk of ${path} is full. Free some space.`,
  },
] as const;
