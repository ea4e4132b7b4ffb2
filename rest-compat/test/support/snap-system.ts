import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultsOf, MemoryEventBus } from '@pentagraph/kit';
import { countingIds, ManualClock, settle, testContext } from '@pentagraph/kit/testing';
import { testDatabase } from '@pentagraph/prisma/testing';
import { createGraph, createServer, type Graph } from '@pentagraph/router';
import { createSnapSubgraph, snapSettings } from '@pentagraph/subgraph-snap';
import { apiMounts } from '../../src/index.ts';

/** The whole of snap, from the socket to the disk, on a clock that tests move. */
export interface SnapSystem extends AsyncDisposable {
  /** The listener that serves snap alone, as its native address does. */
  readonly port: number;
  /** The listener of the graph, which all APIs share. */
  readonly mainPort: number;
  /** A folder for what publishers write. */
  readonly folder: string;
  readonly graph: Graph;
  /** Moves time on and lets what becomes due happen. */
  advance(ms: number): Promise<void>;
}

/** @param builtinPlugins which built-in plugins are loaded at the start */
export async function startSnapSystem(builtinPlugins: 'all' | 'none' = 'none'): Promise<SnapSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'pentagraph-snap-system-'));
  const storage = testDatabase('snap', 'sqlite');
  const database = await storage.open();
  const clock = new ManualClock('2026-11-22T06:32:22Z');
  const { logger } = testContext();
  const subgraph = createSnapSubgraph({
    database,
    clock,
    newId: countingIds(),
    random: () => 0.5,
    bus: new MemoryEventBus(),
    logger,
    config: { ...defaultsOf(snapSettings), builtinPlugins },
    hostName: 'vm',
    dataDir: folder,
  });
  await subgraph.start();
  const graph = createGraph({ subgraphs: [subgraph] });
  const server = createServer({
    graph,
    logger,
    listen: { host: '127.0.0.1', port: 0 },
    listeners: [{ name: 'snap', address: { host: '127.0.0.1', port: 0 }, apis: ['snap'] }],
    mounts: apiMounts,
    stagingDir: join(folder, 'staging'),
  });
  const [main, native] = await server.start();
  return {
    port: portOf(native?.url),
    mainPort: portOf(main?.url),
    folder,
    graph,
    async advance(ms) {
      await diskIdle(folder);
      for (let left = ms; left > 0; left -= STEP_MS) {
        await clock.advance(Math.min(left, STEP_MS));
        await diskIdle(folder);
      }
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await subgraph.stop();
      await storage.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const portOf = (url = ''): number => Number(new URL(url).port);

const STEP_MS = 100;

/** Lets file work finish that is under way: it takes several turns between event loop and thread pool. */
async function diskIdle(folder: string): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await Promise.all(Array.from({ length: 4 }, () => readFile(join(folder, 'nothing')).catch(() => undefined)));
    await settle();
  }
}
