import type { Config } from '../../config/schema.ts';
import { domains } from '../../domains.ts';
import { createGraph } from '../../graph/create-graph.ts';
import { openDomains, startDomains } from '../../process/open-domains.ts';
import type { Served, StartingProcess } from '../../process/run-process.ts';
import { createServer } from '../../server/create-server.ts';
import type { ApiListener } from '../../server/server-options.ts';
import type { Invocation } from '../command.ts';

/** `pentagraph serve`: everything in one process. */
export async function serve({ config, apiMounts }: Invocation, starting: StartingProcess): Promise<Served> {
  const { resources, logger, serverOptions, listen } = starting;
  const { directory, subgraphs } = await openDomains(resources, domains, config, logger);
  const graph = await resources.open(
    'Composing the graph',
    () => createGraph({ subgraphs }),
    (opened) => opened.close(),
  );
  const server = createServer({
    ...serverOptions,
    graph,
    mounts: apiMounts,
    listeners: nativeListeners(config),
    stagingDir: directory.stagingDir,
    limits: config.limits,
  });
  // It listens before the domains have started, so that /readyz tells of each while they do.
  await listen(server);
  await startDomains(resources, subgraphs);
  return {
    playground: true,
    apis: apiMounts,
    domains: subgraphs.map((subgraph) => ({ name: subgraph.name, facts: subgraph.describe() })),
    dataDir: directory.path,
    example: (origin) => `curl -s ${origin}/v1/plugins`,
  };
}

const nativeListeners = ({ listen }: Config): readonly ApiListener[] =>
  Object.entries(listen).flatMap(([name, address]) => (address ? [{ name, address, apis: [name] }] : []));
