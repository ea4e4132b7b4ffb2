import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const executable = fileURLToPath(new URL('../../rest-compat/bin/pentagraph.js', import.meta.url));

/** A started `pentagraph serve` with a data directory of its own. */
export interface PentagraphProcess {
  readonly url: string;
  /** Milliseconds from spawn to the first 200 of `/readyz`. */
  readonly readyAfterMs: number;
  /** Resident memory in MiB. */
  residentMiB(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the built server on a free port and waits until it is ready. */
export async function startPentagraph(): Promise<PentagraphProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'pentagraph-bench-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [executable, 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PENTAGRAPH_PORT: String(port),
      PENTAGRAPH_DATA_DIR: dataDir,
      PENTAGRAPH_LOG_LEVEL: 'warn',
    },
  });
  await untilReady(url, child);
  return {
    url,
    readyAfterMs: performance.now() - startedAt,
    residentMiB: () => residentMiB(child.pid),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(10);
  }
  throw new Error(`pentagraph ended with code ${child.exitCode} before it was ready`);
}

async function residentMiB(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
