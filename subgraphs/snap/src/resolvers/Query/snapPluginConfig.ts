import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { pluginConfigView } from '../config-view.ts';
import { pluginTypeOf } from '../plugin-type-names.ts';

export const snapPluginConfig: QueryResolvers['snapPluginConfig'] = (_, { type, name, version }, { snap, viewer }) =>
  pluginConfigView(snap.config.get(viewer, { type: pluginTypeOf(type), name, version }));
