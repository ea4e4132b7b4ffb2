import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const executable = fileURLToPath(new URL('../../bin/pentagraph.js', import.meta.url));

/** How to start a process; the environment holds more `PENTAGRAPH_*` variables. */
export interface PentagraphProcessOptions {
  /** Kept when the process stops; absent: a temporary one that is removed. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A started `pentagraph serve`: the built program, real sockets, real files. */
export interface PentagraphProcess {
  readonly url: string;
  readonly dataDir: string;
  /** Milliseconds from spawn to the first 200 of `/readyz`. */
  readonly readyAfterMs: number;
  /** Resident memory in MiB. */
  residentMiB(): Promise<number>;
  /** Everything it printed so far. */
  output(): string;
  /** Ends it the hard way: no handler runs. */
  kill(): Promise<void>;
  /** Ends it gracefully, and removes a temporary data directory. */
  stop(): Promise<void>;
}

/** Starts the built server on a free port and waits until it is ready. @throws Error with its output when it ends before. */
export async function startPentagraph({
  dataDir,
  env = {},
}: PentagraphProcessOptions = {}): Promise<PentagraphProcess> {
  const directory = dataDir ?? (await mkdtemp(join(tmpdir(), 'pentagraph-')));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [executable, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      PENTAGRAPH_PORT: String(port),
      PENTAGRAPH_DATA_DIR: directory,
      PENTAGRAPH_LOG_LEVEL: 'warn',
      ...env,
    },
  });
  const printed = collectOutput(child);
  await untilReady(url, child, printed);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    url,
    dataDir: directory,
    readyAfterMs: performance.now() - startedAt,
    residentMiB: () => residentMiB(child.pid),
    output: printed,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      if (!dataDir) await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A TCP port on loopback that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The system gave no TCP port.');
  return address.port;
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-100_000);
    });
  }
  return () => text;
}

async function untilReady(url: string, child: ChildProcess, printed: () => string): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(10);
  }
  throw new Error(`pentagraph ended with code ${child.exitCode} before it was ready:\n${printed()}`);
}

async function residentMiB(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
