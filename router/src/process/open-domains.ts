import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Logger, type Subgraph, systemClock } from '@pentagraph/kit';
import { withoutPassword } from '../config/kinds.ts';
import type { Config } from '../config/schema.ts';
import type { Domain } from '../domains.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';
import { openBus } from './open-bus.ts';
import type { ResourceStack } from './resource-stack.ts';

/** How long a process that is being replaced may take to end. */
const PREDECESSOR_MS = 10_000;

export interface OpenDomains {
  readonly directory: DataDirectory;
  /** Made, but not started: they can be composed and asked how they are. */
  readonly subgraphs: readonly Subgraph[];
}

/** Opens all that domains stand on (directory, bus, databases) and makes their subgraphs. */
export async function openDomains(
  resources: ResourceStack,
  domains: readonly Domain[],
  config: Config,
  logger: Logger,
): Promise<OpenDomains> {
  const { dataDir, databaseUrl, redisUrl } = config;
  const directory = await resources.open(
    `Opening the data directory ${dataDir}`,
    () => openDataDirectory(dataDir),
    (opened) => opened.close(),
  );
  const bus = await resources.open(
    redisUrl ? `Connecting to ${withoutPassword(redisUrl)}` : 'Opening the event bus',
    () => openBus(redisUrl, logger),
    (opened) => opened.close(),
  );
  const { openDatabase } = await import('@pentagraph/prisma');

  const openDomain = async ({ name, load }: Domain): Promise<Subgraph> => {
    const domainLogger = logger.child({ domain: name });
    const url = databaseUrl ?? `file:${join(directory.path, `${name}.db`)}`;
    const database = await resources.open(
      `Opening the database of ${name}`,
      () => openDatabase(name, { url, logger: domainLogger, exclusive: { waitMs: PREDECESSOR_MS } }),
      (opened) => opened.close(),
    );
    const { create } = await load();
    const dependencies = {
      database,
      bus,
      clock: systemClock,
      logger: domainLogger,
      newId: randomUUID,
      hostName: hostname(),
      dataDir: directory.domainDir(name),
      config: config.domains[name] ?? {},
    };
    return resources.open(
      `Making the domain ${name}`,
      () => create(dependencies),
      (subgraph) => subgraph.stop(),
    );
  };
  const subgraphs: Subgraph[] = [];
  for (const domain of domains) subgraphs.push(await openDomain(domain));
  return { directory, subgraphs };
}

/** Starts the subgraphs side by side; each resumes what ran before the last stop. */
export async function startDomains(resources: ResourceStack, subgraphs: readonly Subgraph[]): Promise<void> {
  await Promise.all(
    subgraphs.map((subgraph) => resources.open(`Starting the domain ${subgraph.name}`, () => subgraph.start())),
  );
}
