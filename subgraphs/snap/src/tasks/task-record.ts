import { SerialQueue } from '@pentagraph/kit';
import type { RunProgress } from './schedule.ts';
import type { Task } from './task.ts';
import type { TaskRun } from './task-run.ts';

/** A task in memory: as it stands now, and its run while it is started. */
export class TaskRecord {
  #task: Task;
  /** Requests and the end of a run change a task one at a time. */
  readonly commands = new SerialQueue();
  run: TaskRun | undefined;

  constructor(task: Task) {
    this.#task = task;
  }

  get task(): Task {
    return this.#task;
  }

  get id(): string {
    return this.#task.id;
  }

  get progress(): RunProgress {
    const { startedAtMs, lastRunAtMs } = this.#task;
    return { startedAtMs: startedAtMs ?? 0, lastFiringMs: lastRunAtMs };
  }

  /** Whether as many firings failed in a row as the task may stand. */
  get hasFailedTooOften(): boolean {
    const { maxFailures, consecutiveFailures } = this.#task;
    return maxFailures >= 0 && consecutiveFailures >= maxFailures;
  }

  change(changes: Partial<Task>): void {
    this.#task = { ...this.#task, ...changes };
  }

  /** A firing begins. */
  beginFiring(atMs: number, missed: number): void {
    this.change({ lastRunAtMs: atMs, missCount: this.#task.missCount + missed });
  }

  /** A firing has ended, with one text for every job that failed. */
  endFiring(failures: readonly string[]): void {
    this.change({ hitCount: this.#task.hitCount + 1 });
    this.#countFailures(failures);
  }

  /** Something failed without a firing. */
  fail(message: string): void {
    this.#countFailures([message]);
  }

  #countFailures(failures: readonly string[]): void {
    const { failedCount, consecutiveFailures, lastFailureMessage } = this.#task;
    this.change({
      failedCount: failedCount + failures.length,
      consecutiveFailures: failures.length > 0 ? consecutiveFailures + 1 : 0,
      lastFailureMessage: failures.at(-1) ?? lastFailureMessage,
    });
  }
}
