import { connectionOf } from '@pentagraph/kit';
import type { QueryResolvers } from '../../generated/resolver-types.ts';

export const snapMetrics: QueryResolvers['snapMetrics'] = (_, { namespace, version, ...page }, { snap, viewer }) =>
  connectionOf(snap.catalog.list(viewer, namespace, version), (metric) => `${metric.text}:${metric.version}`, page);
