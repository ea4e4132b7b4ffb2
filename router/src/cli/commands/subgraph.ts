import { domains } from '../../domains.ts';
import { openDomains, startDomains } from '../../process/open-domains.ts';
import { runProcess } from '../../process/run-process.ts';
import { createSubgraphServer } from '../../server/subgraph-server.ts';
import type { Invocation } from '../command.ts';
import { version } from '../version.ts';
import { tryQuery } from './try-query.ts';

/** `pentagraph subgraph <domain>`: one domain for a router elsewhere. */
export function subgraph({ config, operand, terminal }: Invocation): Promise<number> {
  const chosen = domains.filter(({ name }) => name === operand);
  const process = { config, isTerminal: terminal.isTerminal, title: `Pentagraph subgraph ${operand} ${version()}` };
  return runProcess(process, async (resources, logger) => {
    const { directory, subgraphs } = await openDomains(resources, chosen, config, logger);
    const [only] = subgraphs;
    if (!only) throw new Error(`No domain is called '${operand}'.`);
    const server = createSubgraphServer(only, {
      logger,
      listen: { host: config.host, port: config.port },
      insecure: config.insecure,
      drainMs: config.shutdownGraceMs,
    });
    const listeners = await resources.open(
      'Listening',
      () => server.start(),
      () => server.stop(),
    );
    await startDomains(resources, subgraphs);
    return {
      listeners,
      playground: false,
      apis: [],
      domains: [{ name: only.name, facts: only.describe() }],
      dataDir: directory.path,
      example: tryQuery,
    };
  });
}
