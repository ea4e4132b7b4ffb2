/** Why a database can't be used. */
export type DatabaseErrorCode =
  /** The address is not one of a store this program knows. */
  | 'UNSUPPORTED_URL'
  /** The part of the driver that is compiled for one version of Node.js does not fit the one that runs. */
  | 'DRIVER_UNUSABLE'
  /** No server answers, or it refuses this user. */
  | 'UNREACHABLE'
  /** The file or its folder can't be read or written. */
  | 'INACCESSIBLE'
  /** The file is no SQLite database, or a damaged one. */
  | 'CORRUPT'
  /** A newer version of this program has changed the database. */
  | 'NEWER_THAN_PROGRAM'
  /** What was applied to the database is not what this program would have applied. */
  | 'HISTORY_DIFFERS'
  | 'MIGRATION_FAILED'
  /** Another process kept the database for itself too long. */
  | 'LOCKED'
  | 'CLOSED';

/** A database that can't be opened or used; the message says what to do, and never holds a password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What somebody else said, as a sentence of one line that others can follow. */
export function asSentence(text: string): string {
  const line = text.trim().replace(/\s*\n\s*/g, ' ');
  return line.endsWith('.') ? line : `${line}.`;
}
