import type { SnapPluginSource, SnapPluginType } from '../generated/resolver-types.ts';
import type { LoadedPlugin, PluginType } from '../plugins/plugin.ts';

const names: Readonly<Record<PluginType, SnapPluginType>> = {
  collector: 'COLLECTOR',
  processor: 'PROCESSOR',
  publisher: 'PUBLISHER',
  'streaming-collector': 'STREAMING_COLLECTOR',
};

const types: Readonly<Record<SnapPluginType, PluginType>> = {
  COLLECTOR: 'collector',
  PROCESSOR: 'processor',
  PUBLISHER: 'publisher',
  STREAMING_COLLECTOR: 'streaming-collector',
};

const sources: Readonly<Record<LoadedPlugin['source'], SnapPluginSource>> = {
  builtin: 'BUILTIN',
  upload: 'UPLOAD',
  uri: 'URI',
};

/** The graph's name of a plugin type. */
export const pluginTypeName = (type: PluginType): SnapPluginType => names[type];

/** The plugin type of a name in the graph. */
export const pluginTypeOf = (name: SnapPluginType): PluginType => types[name];

/** The graph's name of where a plugin's code comes from. */
export const pluginSourceName = (source: LoadedPlugin['source']): SnapPluginSource => sources[source];
