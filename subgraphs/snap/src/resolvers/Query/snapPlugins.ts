import { connectionOf } from '@pentagraph/kit';
import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { pluginId } from '../../plugins/plugin.ts';
import { pluginFilterOf } from '../plugin-filter.ts';

export const snapPlugins: QueryResolvers['snapPlugins'] = (_, { filter, ...page }, { snap, viewer }) =>
  connectionOf(snap.plugins.list(viewer, pluginFilterOf(filter)), ({ meta }) => pluginId(meta), page);
