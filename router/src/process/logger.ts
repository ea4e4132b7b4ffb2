import type { Logger } from '@pentagraph/kit';
import { type DestinationStream, destination, pino } from 'pino';

export interface LoggerOptions {
  readonly level: string;
  readonly format: 'auto' | 'pretty' | 'json';
  /** Whether standard output is a terminal: decides `auto`. */
  readonly terminal: boolean;
}

/** Whether log lines are for people. */
export const isPretty = ({ format, terminal }: Omit<LoggerOptions, 'level'>): boolean =>
  format === 'pretty' || (format === 'auto' && terminal);

/** The logger of the process. It writes synchronously, so that the last words before a forced exit are not lost. */
export async function createLogger(options: LoggerOptions): Promise<Logger> {
  const stream = isPretty(options) ? await prettyStream(options.terminal) : destination({ fd: 1, sync: true });
  return pino({ level: options.level, base: { pid: process.pid } }, stream);
}

async function prettyStream(colorize: boolean): Promise<DestinationStream> {
  const { build } = await import('pino-pretty');
  return build({
    colorize,
    sync: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid',
    singleLine: true,
    destination: 1,
  });
}
