import { type Clock, DomainError, type EventBus, type Logger, requireAccess, type Viewer } from '@pentagraph/kit';
import type { GoJsonValue } from '@pentagraph/kit/go-json';
import type { PluginHost, TaskUsage } from '../plugins/plugin-host.ts';
import { snapError } from '../snap-errors.ts';
import { parseManifest, readManifest } from './manifest.ts';
import type { Task, TaskDefinition } from './task.ts';
import { TaskChannels } from './task-channels.ts';
import { dependencyFaults } from './task-dependencies.ts';
import { TaskRecord } from './task-record.ts';
import { taskRefusal } from './task-refusal.ts';
import { TaskScheduler } from './task-scheduler.ts';
import { nextState } from './task-states.ts';
import type { TaskStore } from './task-store.ts';
import { TaskWriter } from './task-writer.ts';
import type { WatchEvent } from './watch-event.ts';
import type { QueueLimits } from './work-queue.ts';
import { planWorkflow } from './workflow-plan.ts';
import { WorkflowRunner, type WorkKind } from './workflow-runner.ts';

export interface TaskServiceDependencies {
  readonly host: PluginHost;
  readonly store: TaskStore;
  readonly bus: EventBus;
  readonly clock: Clock;
  /** Makes UUIDs of version 4. */
  readonly newId: () => string;
  readonly logger: Logger;
  /** Of each of the three queues. */
  readonly queueLimits: QueueLimits;
}

/** The tasks of this node: what people ask of them, and who may (dossier 1.1, 4.9 - 4.11). */
export class TaskService implements TaskUsage {
  readonly #host: PluginHost;
  readonly #store: TaskStore;
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #writer: TaskWriter;
  readonly #channels: TaskChannels;
  readonly #runner: WorkflowRunner;
  readonly #scheduler: TaskScheduler;
  readonly #records = new Map<string, TaskRecord>();

  constructor({ host, store, bus, clock, newId, logger, queueLimits }: TaskServiceDependencies) {
    this.#host = host;
    this.#store = store;
    this.#clock = clock;
    this.#newId = newId;
    this.#writer = new TaskWriter({ store, clock, logger });
    this.#channels = new TaskChannels(bus, clock);
    this.#runner = new WorkflowRunner(host, queueLimits, clock);
    this.#scheduler = new TaskScheduler({
      host,
      runner: this.#runner,
      clock,
      logger,
      writer: this.#writer,
      channels: this.#channels,
    });
  }

  /** Brings the stored tasks back: running ones go on, those that were stopping are stopped. */
  async open(): Promise<void> {
    for (const task of await this.#store.load()) this.#records.set(task.id, new TaskRecord(task));
    const records = [...this.#records.values()];
    for (const record of records.filter(({ task }) => task.state === 'Stopping')) {
      await this.#scheduler.change(record, 'stopped', { lastRunAtMs: null });
    }
    const running = records.filter(({ task }) => task.state === 'Running');
    await Promise.all(running.map((record) => record.commands.run(() => this.#scheduler.resume(record))));
  }

  /** Finishes firings in progress, stores the counters and ends all watches. Running tasks are resumed by the next process. */
  async close(): Promise<void> {
    this.#scheduler.refuseStarts();
    await Promise.all(Array.from(this.#records.values(), ({ commands }) => commands.idle()));
    await this.#scheduler.close();
    this.#channels.close();
  }

  /** All tasks in the order they were created, with counters that are stored: what is shown here survives a crash. */
  async list(viewer: Viewer): Promise<readonly Task[]> {
    requireAccess(viewer, 'snap', 'viewer');
    const tasks = this.tasks();
    await this.#writer.settled([...this.#records.values()]);
    return tasks;
  }

  /** A task with counters that are stored: what is shown here survives a crash. @throws SNAP_TASK_NOT_FOUND */
  async get(viewer: Viewer, id: string): Promise<Task> {
    requireAccess(viewer, 'snap', 'viewer');
    const record = this.#require(id);
    const { task } = record;
    await this.#writer.settled([record]);
    return task;
  }

  /** The task as it stands this moment, its counters perhaps not stored yet; undefined when it is not there any more. */
  find(viewer: Viewer, id: string): Task | undefined {
    requireAccess(viewer, 'snap', 'viewer');
    return this.#records.get(id)?.task;
  }

  /**
   * Creates a task of the JSON text of a manifest.
   * @throws SNAP_TASK_INVALID, and then no task is left; SNAP_TASK_NOT_STARTED, and then the task is there, stopped
   */
  async createFromText(viewer: Viewer, manifest: string): Promise<Task> {
    requireAccess(viewer, 'snap', 'operator');
    return this.#create(parseManifest(manifest));
  }

  /** Creates a task of a manifest. @throws as {@link createFromText} */
  async create(viewer: Viewer, manifest: GoJsonValue): Promise<Task> {
    requireAccess(viewer, 'snap', 'operator');
    return this.#create(manifest);
  }

  /** Starts a stopped or ended task; one that is stopping first stops. @throws SNAP_TASK_NOT_FOUND, SNAP_TASK_REFUSED, SNAP_TASK_DISABLED */
  async start(viewer: Viewer, id: string): Promise<Task> {
    requireAccess(viewer, 'snap', 'operator');
    for (;;) {
      this.#scheduler.requireOpen();
      const record = this.#require(id);
      const started = await record.commands.run(() => this.#tryStart(record));
      if (started) return started;
      await this.#scheduler.stopped(record);
    }
  }

  /** Stops a running task; while a firing takes long, it answers with the state `Stopping`. @throws SNAP_TASK_NOT_FOUND, SNAP_TASK_REFUSED */
  async stop(viewer: Viewer, id: string): Promise<Task> {
    requireAccess(viewer, 'snap', 'operator');
    const record = this.#require(id);
    await record.commands.run(() => this.#scheduler.stop(record));
    await this.#scheduler.stoppedOrSlow(record);
    return record.task;
  }

  /** Makes a disabled task startable again. @throws SNAP_TASK_NOT_FOUND, SNAP_TASK_REFUSED */
  async enable(viewer: Viewer, id: string): Promise<Task> {
    requireAccess(viewer, 'snap', 'operator');
    const record = this.#require(id);
    await record.commands.run(() => this.#scheduler.change(record, 'enable'));
    return record.task;
  }

  /** Removes a task that does not run and ends its watches. @throws SNAP_TASK_NOT_FOUND, SNAP_TASK_REFUSED */
  async remove(viewer: Viewer, id: string): Promise<Task> {
    requireAccess(viewer, 'snap', 'operator');
    const record = this.#require(id);
    await record.commands.run(async () => {
      this.#require(id);
      nextState(record.task.state, 'remove');
      await this.#writer.remove(record);
      this.#records.delete(id);
    });
    this.#channels.removed(id);
    return record.task;
  }

  /** What happens to a task from this call on, until it is removed. @throws SNAP_TASK_NOT_FOUND */
  watch(viewer: Viewer, id: string, signal: AbortSignal): AsyncIterableIterator<WatchEvent> {
    requireAccess(viewer, 'snap', 'viewer');
    this.#require(id);
    return this.#channels.watch(id, signal);
  }

  startedTasks(): ReturnType<TaskUsage['startedTasks']> {
    return this.tasks()
      .filter(({ state }) => state === 'Running' || state === 'Stopping')
      .map(({ id, workflow }) => ({ id, requested: workflow.metrics }));
  }

  /** All tasks in the order they were created, for the process itself. */
  tasks(): readonly Task[] {
    return [...this.#records.values()].map(({ task }) => task).sort((a, b) => a.createdAtMs - b.createdAtMs);
  }

  /** Firings of all tasks since the process began. */
  get firings(): number {
    return this.#scheduler.firings;
  }

  /** Jobs of a kind that wait for a worker. */
  queueLength(kind: WorkKind): number {
    return this.#runner.queueLength(kind);
  }

  async #create(manifest: GoJsonValue): Promise<Task> {
    const { definition, start } = readManifest(manifest, this.#clock.now());
    const plan = planWorkflow(this.#host, definition.workflow);
    const faults = dependencyFaults(plan, definition.schedule);
    if (faults.length > 0) throw taskRefusal('SNAP_TASK_INVALID', faults);
    const record = new TaskRecord(newTask(this.#newId(), definition, this.#clock.now()));
    await this.#store.insert(record.task);
    this.#records.set(record.id, record);
    if (start) await this.#startNew(record);
    return record.task;
  }

  async #startNew(record: TaskRecord): Promise<void> {
    try {
      await record.commands.run(() => this.#scheduler.start(record));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const details = { ...error.extensions.details, id: record.id };
      throw snapError('SNAP_TASK_NOT_STARTED', error.message, details, error);
    }
  }

  /** @returns the started task; undefined while it is still stopping */
  async #tryStart(record: TaskRecord): Promise<Task | undefined> {
    this.#require(record.id);
    if (nextState(record.task.state, 'start') !== 'Running') return undefined;
    await this.#scheduler.start(record);
    return record.task;
  }

  #require(id: string): TaskRecord {
    const record = this.#records.get(id);
    if (!record) throw taskRefusal('SNAP_TASK_NOT_FOUND', [`Task not found: ID(${id})`]);
    return record;
  }
}

const newTask = (id: string, definition: TaskDefinition, createdAtMs: number): Task => ({
  ...definition,
  id,
  name: definition.name ?? `Task-${id}`,
  state: 'Stopped',
  createdAtMs,
  startedAtMs: null,
  lastRunAtMs: null,
  hitCount: 0,
  missCount: 0,
  failedCount: 0,
  consecutiveFailures: 0,
  lastFailureMessage: '',
});
