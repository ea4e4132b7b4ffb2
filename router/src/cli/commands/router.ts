import { readFile } from 'node:fs/promises';
import { createGraph } from '../../graph/create-graph.ts';
import { runProcess } from '../../process/run-process.ts';
import { createServer } from '../../server/create-server.ts';
import type { Invocation } from '../command.ts';
import { version } from '../version.ts';
import { tryQuery } from './try-query.ts';

/** `pentagraph router`: a gateway for the supergraph of a file. */
export function router({ config, options, terminal }: Invocation): Promise<number> {
  const file = options.supergraph?.at(-1) ?? '';
  const process = { config, isTerminal: terminal.isTerminal, title: `Pentagraph router ${version()}` };
  return runProcess(process, async (resources, logger) => {
    const supergraphSdl = await resources.open(`Reading the supergraph ${file}`, () => readFile(file, 'utf8'));
    const graph = await resources.open(
      `Making a graph of ${file}`,
      () => createGraph({ supergraphSdl }),
      (opened) => opened.close(),
    );
    const server = createServer({
      graph,
      logger,
      listen: { host: config.host, port: config.port },
      stagingDir: '',
      limits: config.limits,
      insecure: config.insecure,
      drainMs: config.shutdownGraceMs,
    });
    const listeners = await resources.open(
      'Listening',
      () => server.start(),
      () => server.stop(),
    );
    const subgraphs = Object.entries(await graph.health());
    return {
      listeners,
      playground: true,
      apis: [],
      domains: subgraphs.map(([name, { state, reason }]) => ({
        name,
        facts: [reason ? `${state}: ${reason}` : state],
      })),
      example: tryQuery,
    };
  });
}
