import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PentagraphProcess } from './pentagraph-process.ts';

/** A started `pentagraph serve`: the built program, real sockets, real files. */
export interface ServingPentagraph {
  readonly url: string;
  /** Milliseconds from spawn until it is ready. */
  readonly readyAfterMs: number;
  /** Resident memory in MiB. */
  residentMiB(): Promise<number>;
  /** Ends it the hard way: no handler runs. */
  kill(): Promise<void>;
  /** Ends it gracefully, and removes a temporary data directory. */
  stop(): Promise<void>;
}

/**
 * Starts the built server on a free port and waits until it is ready.
 * @param options `dataDir` is kept when the process stops; without one there is a temporary directory
 * @throws Error with its output when it ends before.
 */
export async function startPentagraph({ dataDir }: { readonly dataDir?: string } = {}): Promise<ServingPentagraph> {
  const directory = dataDir ?? (await mkdtemp(join(tmpdir(), 'pentagraph-')));
  const startedMs = performance.now();
  const process = new PentagraphProcess(['serve', '--port', '0', '--data-dir', directory]);
  const url = await process.origin();
  return {
    url,
    readyAfterMs: performance.now() - startedMs,
    residentMiB: () => process.residentMiB(),
    kill: () => process.kill(),
    async stop() {
      process.signal('SIGTERM');
      await process.exitCode();
      if (!dataDir) await rm(directory, { recursive: true, force: true });
    },
  };
}
