import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { pluginTypeOf } from '../plugin-type-names.ts';

export const snapPlugin: QueryResolvers['snapPlugin'] = (_, { type, name, version }, { snap, viewer }) =>
  snap.plugins.get(viewer, { type: pluginTypeOf(type), name, version });
