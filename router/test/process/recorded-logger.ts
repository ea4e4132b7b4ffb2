import type { Logger } from '@pentagraph/kit';
import { pino } from 'pino';

/** A logger, and the lines it has written. */
export function recordedLogger(level = 'debug'): {
  readonly logger: Logger;
  readonly lines: Record<string, unknown>[];
} {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level, base: null, timestamp: false }, { write: (line) => lines.push(JSON.parse(line)) });
  return { logger, lines };
}
