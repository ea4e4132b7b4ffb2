import type { MutationResolvers } from '../../generated/resolver-types.ts';
import { pluginTypeName, pluginTypeOf } from '../plugin-type-names.ts';

export const unloadSnapPlugin: MutationResolvers['unloadSnapPlugin'] = async (
  _,
  { type, name, version },
  { snap, viewer },
) => {
  const { meta } = await snap.plugins.unload(viewer, { type: pluginTypeOf(type), name, version });
  return { type: pluginTypeName(meta.type), name: meta.name, version: meta.version };
};
