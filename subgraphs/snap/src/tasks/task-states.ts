import { defineTransitions, refusal } from '@pentagraph/kit';
import { taskRefusal } from './task-refusal.ts';

/** Where a task stands, in the original's spelling. */
export const taskStates = ['Stopped', 'Running', 'Stopping', 'Ended', 'Disabled'] as const;
export type TaskState = (typeof taskStates)[number];

/** What can happen to a task: four requests, and three things its run reports. */
export const taskEvents = ['start', 'stop', 'enable', 'remove', 'stopped', 'over', 'failed'] as const;
export type TaskEvent = (typeof taskEvents)[number];

type RefusalCode = 'SNAP_TASK_REFUSED' | 'SNAP_TASK_DISABLED';

const refusedAs = (code: RefusalCode, message: string) => refusal(code, message);
const refused = (message: string) => refusedAs('SNAP_TASK_REFUSED', message);
const notDisabled = refused('Task must be disabled');
const notStopped = refused('Task must be stopped');

/** The life of a task (dossier 1.1). A start while it stops waits for the stop, then starts. */
export const taskMachine = defineTransitions<TaskState, TaskEvent, 'Removed'>()({
  Stopped: {
    start: 'Running',
    stop: refused('Task is already stopped.'),
    enable: notDisabled,
    remove: 'Removed',
  },
  Running: {
    start: refused('Task is already running.'),
    stop: 'Stopping',
    enable: notDisabled,
    remove: notStopped,
    over: 'Ended',
    failed: 'Disabled',
  },
  Stopping: {
    start: 'Stopping',
    stop: 'Stopping',
    enable: notDisabled,
    remove: notStopped,
    stopped: 'Stopped',
  },
  Ended: {
    start: 'Running',
    stop: refused('Task is ended. Only running tasks can be stopped.'),
    enable: notDisabled,
    remove: 'Removed',
  },
  Disabled: {
    start: refusedAs('SNAP_TASK_DISABLED', 'Task is disabled. Cannot be started.'),
    stop: refused('Task is disabled. Only running tasks can be stopped.'),
    enable: 'Stopped',
    remove: 'Removed',
  },
});

/** Where an event leads a task. @throws SNAP_TASK_REFUSED, SNAP_TASK_DISABLED with the original's text */
export function nextState(state: TaskState, event: TaskEvent): TaskState | 'Removed' {
  const { next, refused: why } = taskMachine.apply(state, event);
  if (why) throw taskRefusal(why.code as RefusalCode, [why.message]);
  return next;
}
