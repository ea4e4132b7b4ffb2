import type { SnapTaskResolvers } from '../generated/resolver-types.ts';
import { formatGoDuration } from '../tasks/go-duration.ts';
import { taskStateName } from './task-state-names.ts';

export const SnapTask: SnapTaskResolvers = {
  __resolveReference: ({ id }, { snap, viewer }) => snap.tasks.find(viewer, id) ?? null,
  state: ({ state }) => taskStateName(state),
  deadline: ({ deadlineNanos }) => formatGoDuration(deadlineNanos),
  createdTime: ({ createdAtMs }) => new Date(createdAtMs),
  lastRunTime: ({ lastRunAtMs }) => (lastRunAtMs === null ? null : new Date(lastRunAtMs)),
};
