import type { Gauge } from '@pentagraph/kit';
import type { TaskService } from './task-service.ts';
import { taskStates } from './task-states.ts';
import { workKinds } from './workflow-runner.ts';

/** What tasks show on `/metrics`. */
export function taskGauges(service: TaskService): readonly Gauge[] {
  const tasks = service.tasks();
  return [
    {
      name: 'snap_tasks',
      help: 'Tasks by state',
      values: taskStates.map((state) => ({
        labels: { state },
        value: tasks.filter((task) => task.state === state).length,
      })),
    },
    {
      type: 'counter',
      name: 'snap_firings_total',
      help: 'Firings since the process began',
      values: [{ value: service.firings }],
    },
    {
      name: 'snap_queue_length',
      help: 'Jobs that wait for a worker',
      values: workKinds.map((kind) => ({ labels: { kind }, value: service.queueLength(kind) })),
    },
  ];
}
