import { type GoEncodable, RawJson } from '@pentagraph/kit/go-json';
import type { SnapTaskState, TaskDetailsFragment, TaskSummaryFragment } from '../generated/snap-operations.ts';
import { unixSeconds } from './unix-time.ts';

const stateNames: Readonly<Record<SnapTaskState, string>> = {
  STOPPED: 'Stopped',
  RUNNING: 'Running',
  STOPPING: 'Stopping',
  ENDED: 'Ended',
  DISABLED: 'Disabled',
};

/** What a task that never ran, or was stopped, shows as its last run. */
const NEVER = -1;

/** A task without its workflow and schedule (dossier 3.6, T-short). */
export const taskSummary = (origin: string, task: TaskSummaryFragment): GoEncodable => ({
  id: task.id,
  name: task.name,
  deadline: task.deadline,
  ...progress(task),
  href: taskHref(origin, task.id),
});

/** A whole task (dossier 3.6, T-full). */
export const taskDetails = (href: string, task: TaskDetailsFragment): GoEncodable => ({
  id: task.id,
  name: task.name,
  deadline: task.deadline,
  workflow: new RawJson(task.workflowJson),
  schedule: scheduleBody(task.schedule),
  ...progress(task),
  href,
});

export const taskHref = (origin: string, id: string): string => `${origin}/v1/tasks/${id}`;

const progress = (task: TaskSummaryFragment) => ({
  creation_timestamp: unixSeconds(task.createdTime) || undefined,
  last_run_timestamp: task.lastRunTime === null ? NEVER : unixSeconds(task.lastRunTime),
  hit_count: task.hitCount || undefined,
  miss_count: task.missCount || undefined,
  failed_count: task.failedCount || undefined,
  last_failure_message: task.lastFailureMessage || undefined,
  task_state: stateNames[task.state],
});

/** A streaming task shows no schedule; the count of a windowed one is never shown. */
function scheduleBody({ type, interval, startTimestamp, stopTimestamp }: TaskDetailsFragment['schedule']): GoEncodable {
  if (type === 'STREAMING') return undefined;
  return {
    type: type === 'CRON' ? 'cron' : 'windowed',
    interval: interval ?? undefined,
    start_timestamp: startTimestamp ?? undefined,
    stop_timestamp: stopTimestamp ?? undefined,
  };
}
