import { configValuesFromInput } from '../../config/config-values.ts';
import type { MutationResolvers } from '../../generated/resolver-types.ts';
import { pluginConfigView } from '../config-view.ts';
import { pluginTypeOf } from '../plugin-type-names.ts';

export const setSnapPluginConfig: MutationResolvers['setSnapPluginConfig'] = async (
  _,
  { type, name, version, config },
  { snap, viewer },
) => {
  const subject = { type: pluginTypeOf(type), name, version };
  return pluginConfigView(await snap.config.set(viewer, subject, configValuesFromInput(config)));
};
