import type { SnapTaskState } from '../generated/resolver-types.ts';
import type { TaskState } from '../tasks/task-states.ts';

const names: Readonly<Record<TaskState, SnapTaskState>> = {
  Stopped: 'STOPPED',
  Running: 'RUNNING',
  Stopping: 'STOPPING',
  Ended: 'ENDED',
  Disabled: 'DISABLED',
};

/** The graph's name of a task's state. */
export const taskStateName = (state: TaskState): SnapTaskState => names[state];
