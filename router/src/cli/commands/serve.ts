import type { Config } from '../../config/schema.ts';
import { domains } from '../../domains.ts';
import { createGraph } from '../../graph/create-graph.ts';
import { openDomains, startDomains } from '../../process/open-domains.ts';
import { runProcess } from '../../process/run-process.ts';
import { createServer } from '../../server/create-server.ts';
import type { ApiListener } from '../../server/server-options.ts';
import type { Invocation } from '../command.ts';
import { version } from '../version.ts';

/** `pentagraph serve`: everything in one process. */
export function serve({ config, apiMounts, terminal }: Invocation): Promise<number> {
  const options = { config, isTerminal: terminal.isTerminal, title: `Pentagraph ${version()}` };
  return runProcess(options, async (resources, logger) => {
    const { directory, subgraphs } = await openDomains(resources, domains, config, logger);
    const graph = await resources.open(
      'Composing the graph',
      () => createGraph({ subgraphs }),
      (opened) => opened.close(),
    );
    const server = createServer({
      graph,
      logger,
      listen: { host: config.host, port: config.port },
      mounts: apiMounts,
      listeners: nativeListeners(config),
      stagingDir: directory.stagingDir,
      limits: config.limits,
      insecure: config.insecure,
      drainMs: config.shutdownGraceMs,
    });
    // It listens before the domains have started, so that /healthz and /readyz answer while they do.
    const listeners = await resources.open(
      'Listening',
      () => server.start(),
      () => server.stop(),
    );
    await startDomains(resources, subgraphs);
    return {
      listeners,
      playground: true,
      apis: apiMounts,
      domains: subgraphs.map((subgraph) => ({ name: subgraph.name, facts: subgraph.describe() })),
      dataDir: directory.path,
      example: (origin) => `curl -s ${origin}/v1/plugins`,
    };
  });
}

const nativeListeners = ({ listen }: Config): readonly ApiListener[] =>
  Object.entries(listen).flatMap(([name, address]) => (address ? [{ name, address, apis: [name] }] : []));
