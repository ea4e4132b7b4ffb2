import { setMaxListeners } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { type Clock, type Logger, messageOf, sleep } from '@pentagraph/kit';
import type { MetricSample } from '../metrics/metric.ts';
import type { PluginHost } from '../plugins/plugin-host.ts';
import type { PlanKeeper } from './plan-keeper.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import type { TaskRecord } from './task-record.ts';
import type { WorkflowPlan } from './workflow-plan.ts';
import type { Firing, WorkflowRunner } from './workflow-runner.ts';

/** How a run ended. */
export type RunOutcome =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'over' }
  | { readonly kind: 'failed'; readonly message: string };

/** What a run needs, and whom it tells. */
export interface RunDependencies {
  readonly host: PluginHost;
  readonly runner: WorkflowRunner;
  readonly clock: Clock;
  readonly logger: Logger;
  onCollected(record: TaskRecord, samples: readonly MetricSample[]): void;
  /** A firing has changed the task's counters. */
  onCounted(record: TaskRecord): void;
}

/** How long a streaming task waits before it connects to a broken stream again. */
const RECONNECT_MS = 3_000;

const STOPPED: RunOutcome = { kind: 'stopped' };

/** How a stream ended that the task still wants. */
type StreamEnd = { readonly kind: 'broken'; readonly message: string } | { readonly kind: 'outdated' };

/** The firings of a started task, one after the other, until it is stopped, its schedule is over or it failed too often. */
export class TaskRun {
  readonly #record: TaskRecord;
  readonly #keeper: PlanKeeper;
  readonly #deps: RunDependencies;
  /** Ends waits; a firing in progress goes on. */
  readonly #stopping = new AbortController();
  /** Gives up on plugins that are being called. */
  readonly #abandoned = new AbortController();

  constructor(record: TaskRecord, keeper: PlanKeeper, deps: RunDependencies) {
    this.#record = record;
    this.#keeper = keeper;
    this.#deps = deps;
    // Every call of a firing listens until it has ended, and a workflow may have any number of branches.
    setMaxListeners(0, this.#abandoned.signal);
  }

  /** Fires until the end. Never rejects for what a plugin does. */
  async go(): Promise<RunOutcome> {
    const schedule = scheduleOf(this.#record.task.schedule);
    try {
      return await (schedule ? this.#follow(schedule) : this.#stream());
    } catch (error) {
      if (this.#isStopping) return STOPPED;
      throw error;
    }
  }

  /** Asks for the end; a firing in progress finishes first. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Asks for the end at once. */
  abandon(): void {
    this.#stopping.abort();
    this.#abandoned.abort(new Error('daemon exiting'));
  }

  /** Gives the task's plugins back. */
  async release(): Promise<void> {
    try {
      await this.#keeper.release();
    } catch (error) {
      this.#deps.logger.error({ err: error, taskId: this.#record.id }, 'plugins of a task did not end well');
    }
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #follow(schedule: Schedule): Promise<RunOutcome> {
    const { clock } = this.#deps;
    for (;;) {
      const next = schedule.next(this.#record.progress, clock.now());
      if (next.kind === 'broken') return { kind: 'failed', message: next.message };
      await this.#waitUntil(next.atMs);
      if (next.kind === 'over') return { kind: 'over' };
      const firedAtMs = clock.now();
      this.#record.beginFiring(firedAtMs, schedule.missed(this.#record.progress, firedAtMs));
      const outcome = this.#outcomeOf(await this.#fire(firedAtMs));
      if (outcome) return outcome;
    }
  }

  /** At least one turn of the event loop, so that a tiny interval does not stop the world. */
  async #waitUntil(atMs: number): Promise<void> {
    const { clock } = this.#deps;
    do {
      await sleep(clock, Math.max(0, atMs - clock.now()), this.#stopping.signal);
    } while (clock.now() < atMs);
  }

  async #fire(firedAtMs: number): Promise<readonly string[]> {
    try {
      const plan = await this.#keeper.current(this.#abandoned.signal);
      return await this.#deps.runner.fire(this.#firing(plan, firedAtMs));
    } catch (error) {
      return [messageOf(error)];
    }
  }

  #firing(plan: WorkflowPlan, firedAtMs: number): Firing {
    const { id, deadlineNanos } = this.#record.task;
    return {
      taskId: id,
      plan,
      deadlineMs: firedAtMs + Number(deadlineNanos) / 1e6,
      signal: this.#abandoned.signal,
      onCollected: (samples) => this.#deps.onCollected(this.#record, samples),
    };
  }

  /** Counts a firing; says how the run ends if it ends with it. What was given up on does not count. */
  #outcomeOf(failures: readonly string[]): RunOutcome | undefined {
    if (this.#abandoned.signal.aborted) return STOPPED;
    this.#record.endFiring(failures);
    return this.#outcomeOfCount();
  }

  #outcomeOfCount(): RunOutcome | undefined {
    this.#deps.onCounted(this.#record);
    if (this.#isStopping) return STOPPED;
    if (!this.#record.hasFailedTooOften) return undefined;
    return { kind: 'failed', message: this.#record.task.lastFailureMessage };
  }

  /** Connects to the collector again and again; a broken stream is a failure. */
  async #stream(): Promise<RunOutcome> {
    for (;;) {
      const end = await this.#followStream();
      if (end.kind === 'outdated') continue;
      if (end.kind !== 'broken') return end;
      if (this.#isStopping) return STOPPED;
      this.#record.fail(end.message);
      const outcome = this.#outcomeOfCount();
      if (outcome) return outcome;
      await sleep(this.#deps.clock, RECONNECT_MS, this.#stopping.signal);
    }
  }

  /** Every batch is a firing. @returns how the run ended, or why only the stream did */
  async #followStream(): Promise<RunOutcome | StreamEnd> {
    try {
      const source = await this.#keeper.current(this.#abandoned.signal);
      for await (const batch of this.#batches(source)) {
        const isOutdated = !hasSameSource(source, this.#keeper.resolve());
        const outcome = this.#outcomeOf(await this.#deliver(batch, isOutdated ? source : undefined));
        if (outcome) return outcome;
        // Another collector can be had only when this one is let go of: giving it up waits for its stream.
        if (isOutdated) return { kind: 'outdated' };
      }
      return { kind: 'broken', message: 'connection broken' };
    } catch (error) {
      return { kind: 'broken', message: messageOf(error) };
    }
  }

  /** What follows a collection, by this plan or by that of the moment. */
  async #deliver(batch: readonly MetricSample[], plan?: WorkflowPlan): Promise<readonly string[]> {
    try {
      const current = plan ?? (await this.#keeper.current(this.#abandoned.signal));
      return await this.#deps.runner.deliver(this.#firing(current, this.#deps.clock.now()), batch);
    } catch (error) {
      return [messageOf(error)];
    }
  }

  #batches({ metricErrors, groups: [group] }: WorkflowPlan): AsyncIterable<readonly MetricSample[]> {
    const missing = metricErrors.at(-1);
    if (missing !== undefined) throw new Error(missing);
    if (!group) throw new Error('could not select a plugin');
    const { id, maxCollectDurationNanos, maxMetricsBuffer } = this.#record.task;
    const limits = { taskId: id, maxCollectDurationNanos, maxMetricsBuffer };
    return this.#deps.host.stream(group, limits, this.#stopping.signal);
  }
}

/** Whether two plans collect the same from the same plugins. */
const hasSameSource = (a: WorkflowPlan, b: WorkflowPlan): boolean =>
  a === b || (isDeepStrictEqual(a.groups, b.groups) && isDeepStrictEqual(a.metricErrors, b.metricErrors));
