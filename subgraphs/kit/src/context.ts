import type { Logger } from 'pino';
import type { Viewer } from './viewer.ts';

export type { Logger } from 'pino';

/** What every operation knows about its caller; travels unchanged from the socket to the domain service. */
export interface Context {
  readonly viewer: Viewer;
  /** Correlates log lines and answers of one request (`x-request-id`). */
  readonly requestId: string;
  readonly logger: Logger;
  /** Aborts when the caller is gone or the server stops. */
  readonly signal: AbortSignal;
}
