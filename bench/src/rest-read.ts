import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServingPentagraph } from '@pentagraph/rest-compat/testing';
import autocannon from 'autocannon';
import { SnapClient } from './snap-client.ts';

const bareServer = fileURLToPath(new URL('./bare-server.js', import.meta.url));

/** Requests per second of `GET /v1/tasks/:id`, and of a bare Node HTTP server that sends the same bytes. */
export async function measureRestRead({ url }: ServingPentagraph): Promise<{ graph: number; bare: number }> {
  const id = await new SnapClient(url).createTask({ interval: '1h', start: false, mockVersion: 1 });
  const path = `${url}/v1/tasks/${id}`;
  const body = await (await fetch(path)).text();
  await load(path, 2);
  const graph = await load(path, 8);
  const child = fork(bareServer, { env: { ...process.env, BENCH_BODY: body } });
  const [port] = (await once(child, 'message')) as [number];
  const bare = await load(`http://127.0.0.1:${port}/`, 8);
  await end(child);
  return { graph, bare };
}

async function load(url: string, seconds: number): Promise<number> {
  const result = await autocannon({ url, duration: seconds, connections: 32 });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} non-2xx, ${result.errors} errors`);
  return result.requests.average;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill();
  await once(child, 'exit');
}
