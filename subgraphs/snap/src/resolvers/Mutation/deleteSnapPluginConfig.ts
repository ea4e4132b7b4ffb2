import type { MutationResolvers } from '../../generated/resolver-types.ts';
import { pluginConfigView } from '../config-view.ts';
import { pluginTypeOf } from '../plugin-type-names.ts';

export const deleteSnapPluginConfig: MutationResolvers['deleteSnapPluginConfig'] = async (
  _,
  { type, name, version, keys },
  { snap, viewer },
) => {
  const subject = { type: pluginTypeOf(type), name, version };
  return pluginConfigView(await snap.config.delete(viewer, subject, keys));
};
