import type { Clock, Gauge, Logger } from '@pentagraph/kit';
import type { SnapClient } from '@pentagraph/prisma';
import { PluginConfigService } from '../config/plugin-config-service.ts';
import { PluginConfigStore } from '../config/plugin-config-store.ts';
import { MetricCatalog } from '../metrics/metric-catalog.ts';
import { MetricService } from '../metrics/metric-service.ts';
import type { SnapConfig } from '../snap-config.ts';
import { builtinPlugins } from './builtin/builtin-plugins.ts';
import { BuiltinRuntime } from './builtin/builtin-runtime.ts';
import type { HostProbe } from './builtin/host/host-probe.ts';
import { LocalPluginHost } from './local-plugin-host.ts';
import { type PluginKey, pluginTypes } from './plugin.ts';
import type { PluginHost, TaskUsage } from './plugin-host.ts';
import { PluginLoader } from './plugin-loader.ts';
import { PluginRegistry } from './plugin-registry.ts';
import { PluginService } from './plugin-service.ts';
import { PluginStore } from './plugin-store.ts';
import { PluginPools } from './pool/plugin-pools.ts';
import { restorePlugins } from './restore-plugins.ts';
import { WorkflowResolver } from './workflow-resolver.ts';

export interface PluginWorldDependencies {
  readonly database: SnapClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random?: () => number;
  /** The value of the tag `plugin_running_on`. */
  readonly hostName: string;
  readonly config: Pick<
    SnapConfig,
    'builtinPlugins' | 'maxRunningPlugins' | 'maxPluginRestarts' | 'cacheTtlMs' | 'tags'
  >;
  /** Asked when a plugin is to be unloaded. */
  readonly usage: TaskUsage;
  /** What the built-in `host` collector measures; this machine unless a test says otherwise. */
  readonly hostProbe?: HostProbe;
}

/** Everything about plugins, metrics and their configuration, wired together. */
export interface PluginWorld {
  readonly plugins: PluginService;
  readonly catalog: MetricService;
  readonly config: PluginConfigService;
  /** What tasks see of it. */
  readonly host: PluginHost;
  /** Brings back what was loaded before the last stop; at the first start, the built-in plugins. */
  start(signal: AbortSignal): Promise<void>;
  /** Ends all running instances. Tasks must have been stopped before. */
  stop(): Promise<void>;
  gauges(): readonly Gauge[];
  /** Lines for the start banner. */
  describe(): readonly string[];
}

/** Makes the plugin half of the snap domain; nothing runs before its `start()`. */
export function createPluginWorld(dependencies: PluginWorldDependencies): PluginWorld {
  const { database, clock, logger, random = Math.random, hostName, config: settings, usage } = dependencies;
  const registry = new PluginRegistry();
  const catalog = new MetricCatalog();
  const config = new PluginConfigStore(database, () => registry.touch());
  const pools = new PluginPools(
    registry,
    {
      maxInstances: settings.maxRunningPlugins,
      maxRestarts: settings.maxPluginRestarts,
      cacheTtlMs: settings.cacheTtlMs,
    },
    clock,
    logger,
  );
  const builtins = new BuiltinRuntime(builtinPlugins({ clock, random, logger }, dependencies.hostProbe));
  const store = new PluginStore(database);
  const loader = new PluginLoader({ registry, catalog, config, pools, store, clock, logger });
  const resolver = new WorkflowResolver({ registry, catalog, config, globalTags: settings.tags, hostName });
  const plugins = new PluginService({ registry, catalog, pools, loader, builtins, usage });

  return {
    plugins,
    catalog: new MetricService(catalog),
    config: new PluginConfigService(config),
    host: new LocalPluginHost({ registry, resolver, pools }),
    async start(signal) {
      await config.open();
      await restorePlugins({ loader, store, logger, builtins, selection: settings.builtinPlugins }, signal);
      signal.throwIfAborted();
      pools.start();
    },
    async stop() {
      await loader.idle();
      await pools.stop();
    },
    gauges: () => [
      {
        name: 'snap_plugins',
        help: 'Loaded plugins',
        values: countByType(registry.list().map(({ meta }) => meta)),
      },
      {
        name: 'snap_running_plugins',
        help: 'Running plugin instances',
        values: countByType(pools.running()),
      },
      { name: 'snap_metrics', help: 'Metrics in the catalog', values: [{ value: catalog.list().length }] },
    ],
    describe: () => [`plugins: ${registry.list().length} loaded, ${catalog.list().length} metrics (built-in runtime)`],
  };
}

/** One value per plugin type, those with none included, so that a series never disappears. */
const countByType = (plugins: readonly PluginKey[]) =>
  pluginTypes.map((type) => ({ labels: { type }, value: plugins.filter((plugin) => plugin.type === type).length }));
