import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DatabaseError } from '../database-error.ts';
import type { Claim, ClaimOptions } from './claim.ts';

export type Provider = 'sqlite' | 'postgresql';

/** Held by the one process that may migrate; given back by the operating system or the server when the process dies. */
export interface MigrationLock {
  release(outcome: 'done' | 'failed'): Promise<void>;
}

/** One place where a domain's tables live, as the code that opens it sees it. */
export interface Storage {
  readonly provider: Provider;
  /** For people, without a password. */
  readonly description: string;
  /** Opens connections, for Prisma's client and for its schema engine. */
  readonly adapters: SqlMigrationAwareDriverAdapterFactory;
  /** Makes what must be there before a connection can be opened. */
  prepare(): Promise<void>;
  /** The lock if nobody holds it. */
  tryMigrationLock(): Promise<MigrationLock | undefined>;
  /** Keeps other processes from serving the same tables. @throws DatabaseError `LOCKED` when one does */
  claim(options: ClaimOptions): Promise<Claim>;
  /** Says what a driver's error means here and what to do about it. */
  explain(error: unknown): DatabaseError;
}
