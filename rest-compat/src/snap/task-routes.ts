import type { ApiRequest } from '../engine/api-request.ts';
import { eventStream } from '../engine/event-stream-route.ts';
import { type Failure, RequestRefused } from '../engine/failure.ts';
import { del, get, post, put } from '../engine/json-route.ts';
import { routes } from '../engine/route.ts';
import {
  CreateSnapTaskFromManifestDocument,
  EnableSnapTaskDocument,
  RemoveSnapTaskDocument,
  SnapTaskDocument,
  SnapTasksDocument,
  SnapTaskWatchDocument,
  StartSnapTaskDocument,
  StopSnapTaskDocument,
} from '../generated/snap-operations.ts';
import { created, reply, snapEnvelope } from './envelope.ts';
import { expandEnvironment } from './environment.ts';
import { taskDetails, taskHref, taskSummary } from './task-body.ts';
import { endsWatch, watchClosing, watchFrame, watchHeaders, watchOpening } from './watch.ts';

type TaskRequest = ApiRequest<{ readonly id: string }>;

const taskId = ({ params: { id } }: TaskRequest) => ({ id });

/** Start and stop number their errors (dossier 2.1). */
function asErrorList(failure: Failure): Failure {
  const { messages } = failure.details;
  const texts: readonly unknown[] = Array.isArray(messages) ? messages : [failure.message];
  return { ...failure, message: texts.map((text, index) => `error ${index}: ${text} `).join('') };
}

const taskNotFound = ({ params: { id } }: TaskRequest): RequestRefused =>
  new RequestRefused({ status: 404, code: 'SNAP_TASK_NOT_FOUND', message: `Task not found: ID(${id})`, details: {} });

export const taskRoutes = routes(snapEnvelope, [
  get('/v1/tasks', SnapTasksDocument, {
    ok: ({ snapTasks }, { origin }) =>
      reply('scheduled_task_list_returned', 'Scheduled tasks retrieved', {
        ScheduledTasks: snapTasks.nodes.map((task) => taskSummary(origin, task)),
      }),
  }),
  post('/v1/tasks', CreateSnapTaskFromManifestDocument, {
    vars: ({ body }) => ({ manifest: expandEnvironment(body.text) }),
    ok: ({ createSnapTaskFromManifest: task }, { origin }) =>
      created(
        'scheduled_task_created',
        `Scheduled task created (${task.id})`,
        taskDetails(taskHref(origin, task.id), task),
      ),
  }),
  get('/v1/tasks/:id', SnapTaskDocument, {
    vars: taskId,
    ok: ({ snapTask: task }, request) => {
      if (!task) throw taskNotFound(request);
      const href = taskHref(request.origin, task.id);
      return reply('scheduled_task_returned', `Scheduled task (${task.id}) returned`, taskDetails(href, task));
    },
  }),
  del('/v1/tasks/:id', RemoveSnapTaskDocument, {
    vars: taskId,
    ok: ({ removeSnapTask: { id } }) => reply('scheduled_task_removed', `Scheduled task (${id}) removed`, { id }),
  }),
  put('/v1/tasks/:id/start', StartSnapTaskDocument, {
    vars: taskId,
    ok: ({ startSnapTask: { id } }) => reply('scheduled_task_started', `Scheduled task (${id}) started`, { id }),
    failed: asErrorList,
  }),
  put('/v1/tasks/:id/stop', StopSnapTaskDocument, {
    vars: taskId,
    ok: ({ stopSnapTask: { id } }) => reply('scheduled_task_stopped', `Scheduled task (${id}) stopped`, { id }),
    failed: asErrorList,
  }),
  put('/v1/tasks/:id/enable', EnableSnapTaskDocument, {
    vars: taskId,
    ok: ({ enableSnapTask: task }) =>
      reply('scheduled_task_enabled', `Disabled task (${task.id}) enabled`, taskDetails('', task)),
  }),
  eventStream('/v1/tasks/:id/watch', SnapTaskWatchDocument, {
    vars: taskId,
    headers: watchHeaders,
    opening: watchOpening,
    frame: watchFrame,
    isLast: endsWatch,
    closing: watchClosing,
  }),
]);
