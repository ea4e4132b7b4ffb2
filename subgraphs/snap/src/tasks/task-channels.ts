import type { Clock, EventBus } from '@pentagraph/kit';
import type { MetricSample } from '../metrics/metric.ts';
import type { StateEvent, WatchEvent } from './watch-event.ts';

/** What travels on a task's channel: its events, and the news that it is gone. */
type ChannelEvent = WatchEvent | { readonly kind: 'removed' };

/** A stream of events must not have holes: who falls this far behind is dropped. */
const BUFFERED_EVENTS = 256;

const channelOf = (taskId: string): string => `snap.task.${taskId}`;

/** Tells watchers what happens to tasks, in the order it happens; nothing is replayed (dossier 4.11). */
export class TaskChannels {
  readonly #bus: EventBus;
  readonly #clock: Clock;
  readonly #watches = new Set<AbortController>();

  constructor(bus: EventBus, clock: Clock) {
    this.#bus = bus;
    this.#clock = clock;
  }

  tell(taskId: string, kind: StateEvent['kind'], message = ''): void {
    this.#publish(taskId, { kind, taskId, atMs: this.#clock.now(), message });
  }

  collected(taskId: string, samples: readonly MetricSample[]): void {
    if (this.#bus.subscriberCount(channelOf(taskId)) === 0) return;
    this.#publish(taskId, { kind: 'metrics', taskId, atMs: this.#clock.now(), message: '', samples });
  }

  /** Ends the watches of a task. */
  removed(taskId: string): void {
    this.#publish(taskId, { kind: 'removed' });
  }

  /** Listens from this call on, until the task is removed, the signal aborts or the channels close. */
  watch(taskId: string, signal: AbortSignal): AsyncIterableIterator<WatchEvent> {
    const ending = new AbortController();
    const end = () => {
      this.#watches.delete(ending);
      ending.abort();
    };
    this.#watches.add(ending);
    signal.addEventListener('abort', end, { once: true, signal: ending.signal });
    if (signal.aborted) end();
    const events = this.#bus.subscribe<ChannelEvent>(channelOf(taskId), {
      signal: ending.signal,
      bufferSize: BUFFERED_EVENTS,
      overflow: 'fail',
    });
    return new TaskWatch(events, end);
  }

  /** Ends all watches; events they have not read yet can still be read. */
  close(): void {
    for (const watch of this.#watches) watch.abort();
    this.#watches.clear();
  }

  #publish(taskId: string, event: ChannelEvent): void {
    this.#bus.publish(channelOf(taskId), event);
  }
}

/** The events of a task, up to its removal. */
class TaskWatch implements AsyncIterableIterator<WatchEvent> {
  readonly #events: AsyncIterableIterator<ChannelEvent>;
  readonly #end: () => void;

  constructor(events: AsyncIterableIterator<ChannelEvent>, end: () => void) {
    this.#events = events;
    this.#end = end;
  }

  async next(): Promise<IteratorResult<WatchEvent>> {
    const result = await this.#nextOrEnd();
    if (result.done || result.value.kind === 'removed') return this.return();
    return { value: result.value, done: false };
  }

  async return(): Promise<IteratorResult<WatchEvent>> {
    this.#end();
    await this.#events.return?.();
    return { value: undefined, done: true };
  }

  /** A reader that was dropped does not say good-bye. */
  async #nextOrEnd(): Promise<IteratorResult<ChannelEvent>> {
    try {
      return await this.#events.next();
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
