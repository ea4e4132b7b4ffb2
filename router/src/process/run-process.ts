import type { Logger } from '@pentagraph/kit';
import type { Config } from '../config/schema.ts';
import type { BoundListener } from '../server/server-options.ts';
import { type Banner, writeBanner } from './banner.ts';
import { createLogger } from './logger.ts';
import type { ResourceStack } from './resource-stack.ts';
import { supervise } from './supervise.ts';

/** What a process that serves has to say of itself once it does. */
export interface Served extends Omit<Banner, 'title' | 'startMs'> {
  readonly listeners: readonly BoundListener[];
}

/** After the time that requests in flight have, databases and domains get that long to close, milliseconds. */
const CLOSING_MS = 5_000;

export interface ProcessOptions {
  readonly config: Config;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  readonly title: string;
}

/** Runs a process that serves until it is told to stop. @returns its exit code */
export async function runProcess(
  { config, isTerminal, title }: ProcessOptions,
  start: (resources: ResourceStack, logger: Logger) => Promise<Served>,
): Promise<number> {
  const { logLevel, logFormat, shutdownGraceMs } = config;
  const output = { format: logFormat, terminal: isTerminal };
  const logger = await createLogger({ level: logLevel, ...output });
  const started = async (resources: ResourceStack) => {
    const served = await start(resources, logger);
    writeBanner({ ...served, title, startMs: Math.round(performance.now()) }, logger, output);
  };
  return supervise(started, { logger, graceMs: shutdownGraceMs + CLOSING_MS });
}
