import type { Clock, EventBus, Logger, Subgraph } from '@pentagraph/kit';
import type { Database, SnapClient } from '@pentagraph/prisma';
import type { SnapConfig } from './snap-config.ts';

/** What the snap domain needs from whoever runs it. */
export interface SnapDependencies {
  /** Open and migrated; stays open after the subgraph's stop, its owner closes it. */
  readonly database: Database<SnapClient>;
  readonly clock: Clock;
  /** Makes UUIDs of version 4. */
  readonly newId: () => string;
  /** A number in [0, 1), for measurements that are made up. Default `Math.random`. */
  readonly random?: () => number;
  readonly bus: EventBus;
  readonly logger: Logger;
  readonly config: SnapConfig;
  /** The value of the tag `plugin_running_on`. */
  readonly hostName: string;
  /** Where plugin files are kept. */
  readonly dataDir: string;
}

/** The snap domain as a subgraph. Nothing runs before its `start()`. */
export declare function createSnapSubgraph(dependencies: SnapDependencies): Subgraph;
