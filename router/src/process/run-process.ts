import type { Logger } from '@pentagraph/kit';
import type { Config } from '../config/schema.ts';
import type { BoundListener, GraphServer, ServerOptions } from '../server/server-options.ts';
import { type Banner, writeBanner } from './banner.ts';
import { createLogger } from './logger.ts';
import type { ResourceStack } from './resource-stack.ts';
import { listenWhileStarting } from './starting-listener.ts';
import { supervise } from './supervise.ts';

/** What a process that serves has to say of itself once it does. */
export type Served = Omit<Banner, 'title' | 'startMs' | 'listeners'>;

/** A process on its way to serving. */
export interface StartingProcess {
  readonly resources: ResourceStack;
  readonly logger: Logger;
  /** What the process' server is made with, whatever it serves. */
  readonly serverOptions: Pick<ServerOptions, 'logger' | 'listen' | 'beforeListen' | 'insecure' | 'drainMs'>;
  /** Serves until the process stops. */
  listen(server: GraphServer): Promise<void>;
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
  start: (starting: StartingProcess) => Promise<Served>,
): Promise<number> {
  const { logLevel, logFormat, shutdownGraceMs } = config;
  const output = { format: logFormat, terminal: isTerminal };
  const logger = await createLogger({ level: logLevel, ...output });
  const started = async (resources: ResourceStack) => {
    let listeners: readonly BoundListener[] = [];
    const served = await start({
      resources,
      logger,
      serverOptions: await serverOptions(resources, config, logger),
      async listen(server) {
        listeners = await resources.open(
          'Listening',
          () => server.start(),
          () => server.stop(),
        );
      },
    });
    writeBanner({ ...served, listeners, title, startMs: Math.round(performance.now()) }, logger, output);
  };
  return supervise(started, { logger, graceMs: shutdownGraceMs + CLOSING_MS });
}

async function serverOptions(
  resources: ResourceStack,
  { host, port, insecure, shutdownGraceMs }: Config,
  logger: Logger,
): Promise<StartingProcess['serverOptions']> {
  const { address, close } = await resources.open(
    'Listening',
    () => listenWhileStarting({ host, port }),
    (opened) => opened.close(),
  );
  return { logger, listen: address, beforeListen: close, insecure, drainMs: shutdownGraceMs };
}
