import type { SnapMetricsCollectedResolvers } from '../generated/resolver-types.ts';
import { watchEventFields } from './watch-event-fields.ts';

export const SnapMetricsCollected: SnapMetricsCollectedResolvers = {
  ...watchEventFields,
  metrics: ({ samples }) => samples,
};
