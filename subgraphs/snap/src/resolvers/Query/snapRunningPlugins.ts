import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { pluginFilterOf } from '../plugin-filter.ts';
import { runningPluginView } from '../running-plugin-view.ts';

export const snapRunningPlugins: QueryResolvers['snapRunningPlugins'] = (_, { filter }, { snap, viewer }) =>
  snap.plugins.running(viewer, pluginFilterOf(filter)).map(runningPluginView);
