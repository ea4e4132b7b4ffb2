import { readFile } from 'node:fs/promises';
import { createGraph } from '../../graph/create-graph.ts';
import type { Served, StartingProcess } from '../../process/run-process.ts';
import { createServer } from '../../server/create-server.ts';
import type { Invocation } from '../command.ts';
import { tryQuery } from './try-query.ts';

/** `pentagraph router`: a gateway for the supergraph of a file. */
export async function router({ config, options }: Invocation, starting: StartingProcess): Promise<Served> {
  const { resources, serverOptions, listen } = starting;
  const file = options.supergraph?.at(-1) ?? '';
  const supergraphSdl = await resources.open(`Reading the supergraph ${file}`, () => readFile(file, 'utf8'));
  const graph = await resources.open(
    `Making a graph of ${file}`,
    () => createGraph({ supergraphSdl }),
    (opened) => opened.close(),
  );
  await listen(createServer({ ...serverOptions, graph, stagingDir: '', limits: config.limits }));
  const subgraphs = Object.entries(await graph.health());
  return {
    playground: true,
    apis: [],
    domains: subgraphs.map(([name, { state, reason }]) => ({ name, facts: [reason ? `${state}: ${reason}` : state] })),
    example: tryQuery,
  };
}
