import type { WatchEvent } from '../tasks/watch-event.ts';
import type { SnapContext } from './snap-context.ts';

/** The fields that all events of a watch have; the task is looked up when the event is delivered. */
export const watchEventFields = {
  time: ({ atMs }: WatchEvent) => new Date(atMs),
  task: ({ taskId }: WatchEvent, _: unknown, { snap, viewer }: SnapContext) => snap.tasks.find(viewer, taskId) ?? null,
};
