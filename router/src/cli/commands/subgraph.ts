import { domains } from '../../domains.ts';
import { openDomains, startDomains } from '../../process/open-domains.ts';
import type { Served, StartingProcess } from '../../process/run-process.ts';
import { createSubgraphServer } from '../../server/subgraph-server.ts';
import type { Invocation } from '../command.ts';
import { tryQuery } from './try-query.ts';

/** `pentagraph subgraph <domain>`: one domain for a router elsewhere. */
export async function subgraph({ config, operand }: Invocation, starting: StartingProcess): Promise<Served> {
  const { resources, logger, serverOptions, listen } = starting;
  const chosen = domains.filter(({ name }) => name === operand);
  const { directory, subgraphs } = await openDomains(resources, chosen, config, logger);
  const [only] = subgraphs;
  if (!only) throw new Error(`No domain is called '${operand}'.`);
  await listen(createSubgraphServer(only, serverOptions));
  await startDomains(resources, subgraphs);
  return {
    playground: false,
    apis: [],
    domains: [{ name: only.name, facts: only.describe() }],
    dataDir: directory.path,
    example: tryQuery,
  };
}
