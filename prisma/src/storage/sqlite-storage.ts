import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { asSentence, DatabaseError, type DatabaseErrorCode } from '../database-error.ts';
import type { Claim } from './claim.ts';
import type { SqliteLocation } from './database-url.ts';
import { describeFailure, type Explanation, explanationOf } from './driver-error.ts';
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

  /** A file belongs to a data directory, and that to one process: its lock file is the claim. */
  async claim(): Promise<Claim> {
    return { lost: undefined, release: async () => {} };
  }

  explain(error: unknown): DatabaseError {
    if (error instanceof DatabaseError) return error;
    const failure = describeFailure(error);
    const { as, advice } = explanationOf(failure, explanations) ?? { as: 'INACCESSIBLE', advice: 'Check the file.' };
    const message = `The database ${this.#path} can't be used: ${asSentence(failure.message)} ${advice}`;
    return new DatabaseError(as, message, error);
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

const explanations: readonly (Explanation & { readonly as: DatabaseErrorCode })[] = [
  {
    sign: /ERR_DLOPEN_FAILED|NODE_MODULE_VERSION|bindings file/,
    as: 'DRIVER_UNUSABLE',
    advice: `Run 'npm rebuild better-sqlite3' with this Node.js (${process.version}).`,
  },
  {
    sign: /SQLITE_(NOTADB|CORRUPT)/,
    as: 'CORRUPT',
    advice: 'Restore it from a backup, or move it away to start with an empty one.',
  },
  {
    sign: /SQLITE_(BUSY|LOCKED)/,
    as: 'LOCKED',
    advice: 'Another process keeps it locked: stop that one, or give this one another data directory.',
  },
  {
    sign: /SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EISDIR/,
    as: 'INACCESSIBLE',
    advice: 'Check the path and its permissions.',
  },
  { sign: /SQLITE_FULL|ENOSPC/, as: 'INACCESSIBLE', advice: 'The disk is full: free some space.' },
];
