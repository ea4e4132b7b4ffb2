import { describe, expect, test } from 'vitest';
import {
  nextState,
  type TaskEvent,
  type TaskState,
  taskEvents,
  taskMachine,
  taskStates,
} from '../../src/tasks/task-states.ts';

type Row = readonly [from: TaskState, event: TaskEvent, to: TaskState | 'Removed' | { code: string; message: string }];

const refused = (message: string) => ({ code: 'SNAP_TASK_REFUSED', message });

/** Dossier 1.1, line by line. */
const life: readonly Row[] = [
  ['Stopped', 'start', 'Running'],
  ['Ended', 'start', 'Running'],
  ['Running', 'start', refused('Task is already running.')],
  ['Disabled', 'start', { code: 'SNAP_TASK_DISABLED', message: 'Task is disabled. Cannot be started.' }],
  ['Stopping', 'start', 'Stopping'],
  ['Running', 'stop', 'Stopping'],
  ['Stopping', 'stop', 'Stopping'],
  ['Stopped', 'stop', refused('Task is already stopped.')],
  ['Ended', 'stop', refused('Task is ended. Only running tasks can be stopped.')],
  ['Disabled', 'stop', refused('Task is disabled. Only running tasks can be stopped.')],
  ['Stopping', 'stopped', 'Stopped'],
  ['Running', 'over', 'Ended'],
  ['Running', 'failed', 'Disabled'],
  ['Disabled', 'enable', 'Stopped'],
  ['Stopped', 'enable', refused('Task must be disabled')],
  ['Running', 'enable', refused('Task must be disabled')],
  ['Stopping', 'enable', refused('Task must be disabled')],
  ['Ended', 'enable', refused('Task must be disabled')],
  ['Stopped', 'remove', 'Removed'],
  ['Ended', 'remove', 'Removed'],
  ['Disabled', 'remove', 'Removed'],
  ['Running', 'remove', refused('Task must be stopped')],
  ['Stopping', 'remove', refused('Task must be stopped')],
];

describe('the life of a task', () => {
  test.each(life)('%s, %s', (from, event, to) => {
    if (typeof to === 'string') expect(nextState(from, event)).toBe(to);
    else expect(() => nextState(from, event)).toThrow(expect.objectContaining(to));
  });

  test('nothing else can happen', () => {
    const listed = new Set(life.map(([state, event]) => `${state} ${event}`));
    const others = taskStates.flatMap((state) =>
      taskEvents.filter((event) => !listed.has(`${state} ${event}`)).map((event) => [state, event] as const),
    );
    expect(others).toHaveLength(taskStates.length * taskEvents.length - life.length);
    for (const [state, event] of others) expect(() => taskMachine.apply(state, event)).toThrow(/^No transition/);
  });
});
