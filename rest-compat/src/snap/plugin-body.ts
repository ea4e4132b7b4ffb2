import type { GoEncodable } from '@pentagraph/kit/go-json';
import type {
  ConfigRuleFragment,
  PluginSummaryFragment,
  SnapPluginsWithInstancesQuery,
} from '../generated/snap-operations.ts';
import { policyBody } from './config-rule.ts';
import { pluginTypeName } from './plugin-types.ts';
import { unixSeconds } from './unix-time.ts';

type RunningPlugin = SnapPluginsWithInstancesQuery['snapRunningPlugins'][number];
type PluginIdentity = Pick<PluginSummaryFragment, 'type' | 'name' | 'version'>;

const href = (origin: string, { type, name, version }: PluginIdentity): string =>
  `${origin}/v1/plugins/${pluginTypeName(type)}/${name}/${version}`;

/** A loaded plugin (dossier 3.1). */
export const loadedPlugin = (origin: string, plugin: PluginSummaryFragment): GoEncodable & object => ({
  name: plugin.name,
  version: plugin.version,
  type: pluginTypeName(plugin.type),
  signed: plugin.signed,
  status: plugin.status,
  loaded_timestamp: unixSeconds(plugin.loadedTime),
  href: href(origin, plugin),
});

/** A loaded plugin with the configuration it accepts; collectors have none at their root. */
export const loadedPluginWithPolicy = (
  origin: string,
  plugin: PluginSummaryFragment & { readonly policy: readonly ConfigRuleFragment[] },
): GoEncodable => ({ ...loadedPlugin(origin, plugin), policy: policyBody(plugin.policy) });

/** A running instance (dossier 3.2). */
export const availablePlugin = (origin: string, plugin: RunningPlugin): GoEncodable => ({
  name: plugin.name,
  version: plugin.version,
  type: pluginTypeName(plugin.type),
  hitcount: plugin.hitCount,
  last_hit_timestamp: unixSeconds(plugin.lastHitTime),
  id: plugin.id,
  href: href(origin, plugin),
  pprof_port: plugin.pprofPort,
});

/** A list that is left out of its body when it is empty. */
export const unlessEmpty = (items: readonly GoEncodable[]): GoEncodable => (items.length === 0 ? undefined : items);
