import type { SnapTaskEventResolvers } from '../generated/resolver-types.ts';

const typeNames = {
  metrics: 'SnapMetricsCollected',
  started: 'SnapTaskStarted',
  stopped: 'SnapTaskStopped',
  ended: 'SnapTaskEnded',
  disabled: 'SnapTaskDisabled',
} as const;

export const SnapTaskEvent: Pick<SnapTaskEventResolvers, '__resolveType'> = {
  __resolveType: ({ kind }) => typeNames[kind],
};
