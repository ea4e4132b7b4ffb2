import type { Clock, EventBus, Logger, Subgraph } from '@pentagraph/kit';
import type { SettingsOf, SettingTable } from '@pentagraph/kit/settings';
import type { Database, DomainClients } from '@pentagraph/prisma';
import { snapSettings } from '@pentagraph/subgraph-snap/settings';
import type { DocumentNode } from 'graphql';

/** What every domain gets from the process it runs in. */
export interface DomainHost {
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Makes UUIDs of version 4. */
  readonly newId: () => string;
  /** The name of this machine. */
  readonly hostName: string;
  /** Where the domain keeps files. */
  readonly dataDir: string;
}

/** What a domain's subgraph is made of. */
export interface DomainDependencies<Client, Config> extends DomainHost {
  /** Open and migrated; the process closes it after the subgraph's stop. */
  readonly database: Database<Client>;
  readonly config: Config;
}

/** A domain's code. */
export interface DomainCode<Client = unknown, Config = unknown> {
  /** Enough to compose; starts nothing. */
  readonly typeDefs: DocumentNode;
  readonly create: (dependencies: DomainDependencies<Client, Config>) => Subgraph;
}

/** A domain of the graph. */
export interface Domain<
  Name extends keyof DomainClients = keyof DomainClients,
  Settings extends SettingTable = SettingTable,
> {
  /** The name of its subgraph, of its storage, and of its section in the configuration. */
  readonly name: Name;
  readonly settings: Settings;
  /** Loads the code; only commands that run or compose the domain pay for it. */
  load(): Promise<DomainCode<DomainClients[Name], SettingsOf<Settings>>>;
}

/** Checks that name, settings and code of a row belong together. */
const domain = <const Name extends keyof DomainClients, Settings extends SettingTable>(
  row: Domain<Name, Settings>,
): Domain => row as unknown as Domain;

/** All domains: to add one is to add a row. */
export const domains: readonly Domain[] = [
  domain({
    name: 'snap',
    settings: snapSettings,
    load: async () => {
      const { createSnapSubgraph, snapTypeDefs } = await import('@pentagraph/subgraph-snap');
      return { typeDefs: snapTypeDefs, create: createSnapSubgraph };
    },
  }),
];
