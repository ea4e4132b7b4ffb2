import { localOperator, MemoryEventBus } from '@pentagraph/kit';
import { countingIds, ManualClock, testContext } from '@pentagraph/kit/testing';
import { parseManifest } from '../../src/tasks/manifest.ts';
import type { Task } from '../../src/tasks/task.ts';
import { TaskService } from '../../src/tasks/task-service.ts';
import type { WatchEvent } from '../../src/tasks/watch-event.ts';
import type { QueueLimits } from '../../src/tasks/work-queue.ts';
import { FakePluginHost } from './fake-plugin-host.ts';
import { MemoryTaskStore } from './memory-task-store.ts';

/** Tasks in a world in which tests decide what plugins do, what the store does and what time it is. */
export class TaskWorld {
  readonly clock = new ManualClock('2026-11-22T06:35:40Z');
  readonly host = new FakePluginHost();
  store = new MemoryTaskStore();
  readonly viewer = localOperator;
  readonly #newId = countingIds();
  readonly #queueLimits: QueueLimits;
  tasks: TaskService;

  constructor(queueLimits: QueueLimits = { size: 25, workers: 4 }) {
    this.#queueLimits = queueLimits;
    this.tasks = this.#newService();
  }

  /** Another process on what the one before has stored; what that one still writes is lost, as by kill -9. */
  async restart(): Promise<void> {
    this.store = new MemoryTaskStore(this.store.rows);
    this.tasks = this.#newService();
    await this.tasks.open();
  }

  create(manifest: object = {}): Promise<Task> {
    const whole = {
      schedule: { type: 'simple', interval: '1s' },
      workflow: { collect: { metrics: { '/intel/mock/foo': {} } } },
      ...manifest,
    };
    return this.tasks.create(this.viewer, parseManifest(JSON.stringify(whole)));
  }

  /** A task that publishes with these plugins. */
  createPublishing(plugins: readonly string[], manifest: object = {}): Promise<Task> {
    const publish = plugins.map((name) => ({ plugin_name: name }));
    return this.create({ workflow: { collect: { metrics: { '/intel/mock/foo': {} }, publish } }, ...manifest });
  }

  /** The task as it stands. */
  get(id: string): Task {
    const task = this.tasks.find(this.viewer, id);
    if (!task) throw new Error(`There is no task ${id}.`);
    return task;
  }

  start = (id: string): Promise<Task> => this.tasks.start(this.viewer, id);
  stop = (id: string): Promise<Task> => this.tasks.stop(this.viewer, id);
  remove = (id: string): Promise<Task> => this.tasks.remove(this.viewer, id);
  enable = (id: string): Promise<Task> => this.tasks.enable(this.viewer, id);

  watch(id: string, signal: AbortSignal = new AbortController().signal): AsyncIterableIterator<WatchEvent> {
    return this.tasks.watch(this.viewer, id, signal);
  }

  #newService(): TaskService {
    return new TaskService({
      host: this.host,
      store: this.store,
      bus: new MemoryEventBus(),
      clock: this.clock,
      newId: this.#newId,
      logger: testContext().logger,
      queueLimits: this.#queueLimits,
    });
  }
}

/** The kinds of the next events of a watch. */
export async function kindsOf(watch: AsyncIterableIterator<WatchEvent>, count: number): Promise<string[]> {
  const kinds: string[] = [];
  while (kinds.length < count) {
    const { value, done } = await watch.next();
    if (done) return [...kinds, 'end'];
    kinds.push(value.kind);
  }
  return kinds;
}
