import { type Clock, type Logger, messageOf, sleep } from '@pentagraph/kit';
import type { PluginHost } from '../plugins/plugin-host.ts';
import { PlanKeeper } from './plan-keeper.ts';
import { scheduleOf } from './schedule.ts';
import type { Task } from './task.ts';
import type { TaskChannels } from './task-channels.ts';
import { dependencyFaults } from './task-dependencies.ts';
import type { TaskRecord } from './task-record.ts';
import { taskRefusal } from './task-refusal.ts';
import { type RunDependencies, type RunOutcome, TaskRun } from './task-run.ts';
import { nextState, type TaskEvent } from './task-states.ts';
import type { TaskWriter } from './task-writer.ts';
import type { StateEvent } from './watch-event.ts';
import type { WorkflowRunner } from './workflow-runner.ts';

interface Dependencies {
  readonly host: PluginHost;
  readonly runner: WorkflowRunner;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly writer: TaskWriter;
  readonly channels: TaskChannels;
}

/** How long a request to stop waits for a firing in progress before it answers that the task is stopping. */
const STOP_ANSWER_MS = 250;

/** How long firings in progress may take when the process ends. */
const CLOSE_GRACE_MS = 5_000;

/** What the end of a run does to its task, and what watchers hear. */
const conclusions = {
  stopped: { tells: 'stopped', changes: { lastRunAtMs: null } },
  over: { tells: 'ended', changes: {} },
  failed: { tells: 'disabled', changes: {} },
} as const satisfies Partial<Record<TaskEvent, { tells: StateEvent['kind']; changes: Partial<Task> }>>;

/** Starts tasks, attends to their runs, and brings each run's end to the task, the store and the watchers. */
export class TaskScheduler {
  readonly #deps: Dependencies;
  readonly #runDeps: RunDependencies;
  /** Runs and what is left to do when they have ended. */
  readonly #attended = new Map<TaskRun, Promise<void>>();
  readonly #closed = new AbortController();
  #firings = 0;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    const { host, runner, clock, logger, writer, channels } = deps;
    this.#runDeps = {
      host,
      runner,
      clock,
      logger,
      onCollected: ({ id }, samples) => channels.collected(id, samples),
      onCounted: (record) => {
        this.#firings++;
        writer.saveSoon(record);
      },
    };
  }

  /** Firings of all tasks since the process began. */
  get firings(): number {
    return this.#firings;
  }

  /** @throws SNAP_TASK_REFUSED when the process ends: nothing is started any more */
  requireOpen(): void {
    if (this.#closed.signal.aborted) throw startRefused(['Scheduler is not started.']);
  }

  /**
   * Starts a task; its run begins with this. Call it as one of the task's commands.
   * @throws SNAP_TASK_REFUSED when its schedule is over, or its plugins aren't there or can't be started
   */
  async start(record: TaskRecord): Promise<void> {
    this.requireOpen();
    const { clock, channels } = this.#deps;
    const refusal = scheduleOf(record.task.schedule)?.refusal(clock.now());
    if (refusal) throw startRefused([refusal]);
    const keeper = this.#keeperOf(record);
    const faults = dependencyFaults(keeper.resolve(), record.task.schedule);
    if (faults.length > 0) throw startRefused(faults);
    await this.#subscribe(keeper);
    try {
      await this.change(record, 'start', { startedAtMs: clock.now(), lastRunAtMs: null, consecutiveFailures: 0 });
    } catch (error) {
      await keeper.release();
      throw error;
    }
    channels.tell(record.id, 'started');
    this.#begin(record, keeper);
  }

  /** Goes on with a task that ran when the process ended. Plugins that can't be started fail its firings, not the resumption. */
  async resume(record: TaskRecord): Promise<void> {
    const keeper = this.#keeperOf(record);
    try {
      await keeper.current(this.#closed.signal);
    } catch (error) {
      this.#deps.logger.warn({ err: error, taskId: record.id }, 'a task was resumed without its plugins');
    }
    this.#begin(record, keeper);
  }

  /** Asks a task's run to end. Call it as one of the task's commands. @throws SNAP_TASK_REFUSED, or what the store throws */
  async stop(record: TaskRecord): Promise<void> {
    await this.change(record, 'stop');
    record.run?.stop();
  }

  /** Ends when the task's run has ended, or after a moment when a firing takes longer. */
  async stoppedOrSlow(record: TaskRecord): Promise<void> {
    await this.#within(STOP_ANSWER_MS, this.stopped(record));
  }

  /** Ends when the task's run has ended and the task shows it. */
  async stopped({ run }: TaskRecord): Promise<void> {
    await (run && this.#attended.get(run));
  }

  /** Moves a task to its next state and stores it. @throws SNAP_TASK_REFUSED, or what the store throws: then nothing changed */
  async change(record: TaskRecord, event: TaskEvent, changes: Partial<Task> = {}): Promise<void> {
    const before = record.task;
    const state = nextState(before.state, event);
    if (state === 'Removed') throw new Error(`'${event}' is no change of state`);
    record.change({ ...changes, state });
    try {
      await this.#deps.writer.save(record);
    } catch (error) {
      // A run may have counted meanwhile: only what this changed is taken back.
      const undone = Object.keys(changes).map((key) => [key, before[key as keyof Task]]);
      record.change({ ...Object.fromEntries(undone), state: before.state });
      throw error;
    }
  }

  /** Begins no run any more; starts that are under way may still do. */
  refuseStarts(): void {
    this.#closed.abort(new Error('daemon exiting'));
  }

  /** Ends all runs; tasks that ran stay running in the store and are resumed with the next start. */
  async close(): Promise<void> {
    for (const run of this.#attended.keys()) run.stop();
    await this.#within(CLOSE_GRACE_MS, this.#idle());
    for (const run of this.#attended.keys()) run.abandon();
    await this.#idle();
    await this.#deps.writer.close();
  }

  #keeperOf({ id, task }: TaskRecord): PlanKeeper {
    return new PlanKeeper(this.#deps.host, id, task.workflow);
  }

  async #subscribe(keeper: PlanKeeper): Promise<void> {
    try {
      await keeper.current(this.#closed.signal);
    } catch (error) {
      throw startRefused([messageOf(error)], error);
    }
  }

  #begin(record: TaskRecord, keeper: PlanKeeper): void {
    const run = new TaskRun(record, keeper, this.#runDeps);
    record.run = run;
    this.#attended.set(run, this.#attend(record, run));
  }

  async #attend(record: TaskRecord, run: TaskRun): Promise<void> {
    const outcome = await this.#outcomeOf(record, run);
    await record.commands.run(() => this.#conclude(record, run, outcome));
    this.#attended.delete(run);
  }

  async #outcomeOf({ id }: TaskRecord, run: TaskRun): Promise<RunOutcome> {
    try {
      return await run.go();
    } catch (error) {
      this.#deps.logger.error({ err: error, taskId: id }, 'the run of a task broke');
      return { kind: 'failed', message: messageOf(error) };
    }
  }

  async #conclude(record: TaskRecord, run: TaskRun, outcome: RunOutcome): Promise<void> {
    await run.release();
    record.run = undefined;
    const { state } = record.task;
    const event = state === 'Stopping' ? 'stopped' : outcome.kind;
    // Nobody asked for the stop of this task: the process ends.
    if (state === 'Running' && event === 'stopped') return;
    const { tells, changes } = conclusions[event];
    // The run has ended whatever the store says; it is told again until it has taken it.
    record.change({ ...changes, state: nextState(state, event) as Task['state'] });
    this.#deps.writer.saveSoon(record);
    await this.#deps.writer.flush();
    const message =
      outcome.kind === 'failed' && event === 'failed' ? `Task disabled with error: ${outcome.message}` : '';
    this.#deps.channels.tell(record.id, tells, message);
  }

  async #idle(): Promise<void> {
    await Promise.all(this.#attended.values());
  }

  /** Waits for `end`, but not longer than that. */
  async #within(ms: number, end: Promise<void>): Promise<void> {
    const ended = new AbortController();
    const giveUp = sleep(this.#deps.clock, ms, ended.signal).catch(() => {});
    await Promise.race([end, giveUp]);
    ended.abort();
  }
}

const startRefused = (messages: readonly string[], cause?: unknown) =>
  taskRefusal('SNAP_TASK_REFUSED', messages, cause);
