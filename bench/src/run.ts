import { setTimeout as delay } from 'node:timers/promises';
import { type ServingPentagraph, startPentagraph } from '@pentagraph/rest-compat/testing';
import { measureManyTasks } from './many-tasks.ts';
import { measureManyWatchers } from './many-watchers.ts';
import { measureRestRead } from './rest-read.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Every measurement gets a fresh process, so that none inherits another's garbage. */
async function withPentagraph(measure: (pentagraph: ServingPentagraph) => Promise<void>): Promise<void> {
  const pentagraph = await startPentagraph();
  try {
    await measure(pentagraph);
  } finally {
    await pentagraph.stop();
  }
}

const measurements: Readonly<Record<string, (pentagraph: ServingPentagraph) => Promise<void>>> = {
  async start(pentagraph) {
    await delay(5_000);
    print(
      `start        ready after ${pentagraph.readyAfterMs.toFixed(0)} ms (goal < 3000), idle ${(await pentagraph.residentMiB()).toFixed(0)} MiB (goal < 250)`,
    );
  },
  async 'rest-read'(pentagraph) {
    const { graph, bare } = await measureRestRead(pentagraph);
    print(
      `rest-read    GET /v1/tasks/:id ${graph.toFixed(0)}/s (goal >= 3000), bare Node HTTP ${bare.toFixed(0)}/s, ratio ${(graph / bare).toFixed(2)}`,
    );
  },
  async 'many-tasks'(pentagraph) {
    const { fired, missed, failed, expected } = await measureManyTasks(pentagraph, 1000, 20);
    const share = (100 * Math.max(missed, expected - fired)) / expected;
    print(
      `many-tasks   1000 one-second tasks: ${fired} of ${expected} firings, ${missed} missed, ${failed} failed: ${share.toFixed(2)} % missed (goal < 1)`,
    );
  },
  async 'many-watchers'(pentagraph) {
    const { fewestEvents, mostEvents, p50, p99 } = await measureManyWatchers(pentagraph, 1000, 15);
    print(
      `many-watchers 1000 watchers: ${fewestEvents} to ${mostEvents} events each, delay p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (goal < 100)`,
    );
  },
};

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(measurements)) {
  const measure = measurements[name];
  if (!measure) throw new Error(`No measurement '${name}'. There are: ${Object.keys(measurements).join(', ')}.`);
  await withPentagraph(measure);
}
