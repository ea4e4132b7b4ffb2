import type { InputMaybe, SnapPluginFilter } from '../generated/resolver-types.ts';
import type { PluginFilter } from '../plugins/plugin-registry.ts';
import { pluginTypeOf } from './plugin-type-names.ts';

/** The filter of a list of plugins, as the domain understands it. */
export const pluginFilterOf = (filter: InputMaybe<SnapPluginFilter> | undefined): PluginFilter => ({
  type: filter?.type == null ? null : pluginTypeOf(filter.type),
  name: filter?.name ?? null,
});
