import { rootRules } from '../config/policy-rules.ts';
import type { SnapPluginResolvers } from '../generated/resolver-types.ts';
import { configRuleView, pluginConfigView } from './config-view.ts';
import { pluginSourceName, pluginTypeName, pluginTypeOf } from './plugin-type-names.ts';
import { runningPluginView } from './running-plugin-view.ts';

export const SnapPlugin: SnapPluginResolvers = {
  __resolveReference: ({ type, name, version }, { snap, viewer }) =>
    snap.plugins.list(viewer, { type: pluginTypeOf(type), name }).find(({ meta }) => meta.version === version) ?? null,
  type: ({ meta }) => pluginTypeName(meta.type),
  name: ({ meta }) => meta.name,
  version: ({ meta }) => meta.version,
  status: () => 'loaded',
  loadedTime: ({ loadedAtMs }) => new Date(loadedAtMs),
  source: ({ source }) => pluginSourceName(source),
  policy: ({ policy }) => rootRules(policy).map(configRuleView),
  metrics: ({ meta }, _, { snap, viewer }) => snap.catalog.offeredBy(viewer, meta),
  runningInstances: ({ meta }, _, { snap, viewer }) =>
    snap.plugins
      .running(viewer, meta)
      .filter(({ version }) => version === meta.version)
      .map(runningPluginView),
  config: ({ meta }, _, { snap, viewer }) => pluginConfigView(snap.config.get(viewer, meta)),
};
