import {
  type Clock,
  type Context,
  type EventBus,
  type Logger,
  messageOf,
  type Subgraph,
  type SubgraphHealth,
} from '@pentagraph/kit';
import type { Database, SnapClient } from '@pentagraph/prisma';
import { createPluginWorld } from './plugins/plugin-world.ts';
import { resolvers } from './resolvers/resolvers.ts';
import type { SnapContext, SnapServices } from './resolvers/snap-context.ts';
import { snapTypeDefs } from './resolvers/snap-type-defs.ts';
import type { SnapConfig } from './snap-config.ts';
import { PrismaTaskStore } from './tasks/prisma-task-store.ts';
import { taskGauges } from './tasks/task-gauges.ts';
import { TaskService } from './tasks/task-service.ts';

export { snapTypeDefs };

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
export function createSnapSubgraph(dependencies: SnapDependencies): Subgraph {
  const { database, config } = dependencies;
  const { client } = database;
  // The two halves need each other: tasks run plugins, and plugins in use by tasks are not unloaded.
  const world = createPluginWorld({
    ...dependencies,
    database: client,
    usage: { startedTasks: () => tasks.startedTasks() },
  });
  const tasks: TaskService = new TaskService({
    ...dependencies,
    host: world.host,
    store: new PrismaTaskStore(client),
    queueLimits: { size: config.taskQueueSize, workers: config.taskWorkers },
  });
  const snap: SnapServices = { plugins: world.plugins, catalog: world.catalog, config: world.config, tasks };

  const ending = new AbortController();
  let state: SubgraphHealth['state'] = 'starting';
  let starting: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  const start = async () => {
    await world.start(ending.signal);
    ending.signal.throwIfAborted();
    await tasks.open();
    ending.signal.throwIfAborted();
    state = 'serving';
  };
  const stop = async () => {
    state = 'stopped';
    ending.abort(new Error('daemon exiting'));
    await Promise.allSettled([starting]);
    await tasks.close();
    await world.stop();
  };

  return {
    name: 'snap',
    typeDefs: snapTypeDefs,
    resolvers,
    sharedSubscriptions: ['snapTaskWatch'],
    context: (base: Context): SnapContext => ({ ...base, snap }),
    start: () => (starting ??= start()),
    stop: () => (stopping ??= stop()),
    async health() {
      if (state !== 'serving') return { state };
      try {
        await database.health();
        return { state };
      } catch (error) {
        return { state: 'degraded', reason: messageOf(error) };
      }
    },
    gauges: () => [...world.gauges(), ...taskGauges(tasks)],
    describe: () => [`store: ${database.description}`, ...world.describe(), `tasks: ${tasks.tasks().length}`],
  };
}
