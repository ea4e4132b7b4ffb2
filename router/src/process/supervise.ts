import type { EventEmitter } from 'node:events';
import { type Clock, type Logger, systemClock } from '@pentagraph/kit';
import { exitCodes } from './exit-codes.ts';
import { ResourceStack, StartAborted } from './resource-stack.ts';
import { StartError } from './start-error.ts';

const forcedExit = { SIGINT: exitCodes.forcedBySigint, SIGTERM: exitCodes.forcedBySigterm } as const;
type StopSignal = keyof typeof forcedExit;
const stopSignals = Object.keys(forcedExit) as StopSignal[];

/** What supervision listens to: `process`, or a fake. */
export type ProcessEvents = Pick<EventEmitter, 'on' | 'off'>;

export interface Supervision {
  readonly logger: Logger;
  /** How long a stop may take, in milliseconds. */
  readonly graceMs: number;
  readonly clock?: Clock;
  readonly events?: ProcessEvents;
  /** Ends the process at once. */
  readonly exit?: (code: number) => void;
}

/**
 * Runs `start`, keeps what it opened until a signal comes, releases it, and answers the exit code.
 *
 * The first SIGINT or SIGTERM stops gracefully, the second ends the process at once (130, 143). An error nobody caught,
 * or a stop that takes longer than `graceMs`, ends it with 1.
 */
export async function supervise(
  start: (resources: ResourceStack) => Promise<void>,
  { logger, graceMs, clock = systemClock, events = process, exit = (code) => process.exit(code) }: Supervision,
): Promise<number> {
  const resources = new ResourceStack(logger);
  let end: (code: number) => void;
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });

  let stopping = false;
  const stop = (code: number): void => {
    if (stopping) return;
    stopping = true;
    const patience = clock.schedule(graceMs, () => {
      logger.error(`Still not stopped after ${graceMs} ms: undoing '${resources.releasing}' hangs. Ending anyway.`);
      end(exitCodes.failed);
    });
    resources.close().then(() => {
      patience.cancel();
      logger.info('Stopped');
      end(code);
    });
  };

  const onSignal = (signal: StopSignal): void => {
    if (stopping) {
      logger.warn(`${signal} again: ending at once`);
      exit(forcedExit[signal]);
    } else {
      logger.info(`${signal}: finishing what is in flight, then stopping; once more ends at once`);
      stop(exitCodes.stopped);
    }
  };
  const onFatal = (error: unknown): void => {
    logger.fatal({ err: error }, 'An error that nobody caught: stopping');
    stop(exitCodes.failed);
  };

  for (const signal of stopSignals) events.on(signal, onSignal);
  events.on('uncaughtException', onFatal);
  events.on('unhandledRejection', onFatal);
  try {
    await start(resources);
  } catch (error) {
    if (!(error instanceof StartAborted)) {
      reportStartFailure(logger, error);
      stop(exitCodes.failed);
    }
  }
  const code = await ended;
  for (const signal of stopSignals) events.off(signal, onSignal);
  events.off('uncaughtException', onFatal);
  events.off('unhandledRejection', onFatal);
  return code;
}

function reportStartFailure(logger: Logger, error: unknown): void {
  const known = error instanceof StartError;
  // The stack behind a failure that explains itself helps only whoever looks for a defect.
  const details = known && !logger.isLevelEnabled('debug') ? { advice: error.advice } : { err: error };
  logger.fatal(details, known ? error.message : 'The start failed');
}
