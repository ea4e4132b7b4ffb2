import type { QueryResolvers } from '../../generated/resolver-types.ts';

export const snapMetric: QueryResolvers['snapMetric'] = (_, { namespace, version }, { snap, viewer }) =>
  snap.catalog.find(viewer, namespace, version);
