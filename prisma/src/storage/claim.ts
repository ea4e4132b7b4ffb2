import type { DatabaseError } from '../database-error.ts';
import type { DatabaseLogger } from '../database-logger.ts';

/** Keeps a domain's tables for one process, until it is released or the process is gone. */
export interface Claim {
  /** Why it is not held at the moment; undefined while it is. */
  readonly lost: DatabaseError | undefined;
  release(): Promise<void>;
}

export interface ClaimOptions {
  /** How long to wait for a process that is about to end, in milliseconds. */
  readonly waitMs: number;
  readonly logger: DatabaseLogger;
  readonly signal?: AbortSignal | undefined;
}
