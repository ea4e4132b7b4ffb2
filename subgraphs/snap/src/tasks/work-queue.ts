import type { Clock } from '@pentagraph/kit';

/** How much work of one kind may run and wait. */
export interface QueueLimits {
  /** Jobs that may wait; one more is refused. */
  readonly size: number;
  /** Jobs that run at the same time. */
  readonly workers: number;
}

interface WaitingJob {
  begin(): void;
}

/** A bounded queue in front of a few workers (dossier 3.8, 4.9). */
export class WorkQueue {
  readonly #limits: QueueLimits;
  readonly #clock: Clock;
  readonly #waiting: WaitingJob[] = [];
  #running = 0;

  constructor(limits: QueueLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Jobs that wait for a worker. */
  get length(): number {
    return this.#waiting.length;
  }

  /**
   * Runs a job as soon as a worker is free; once it has begun, the deadline does not interrupt it.
   * @param deadlineMs when it may no longer begin, milliseconds since the Unix epoch
   * @throws Error `limit exceeded` when too many jobs wait, `Worker refused to run overdue job.` when its turn came too late
   */
  run<Result>(deadlineMs: number, job: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#limits.workers) return this.#work(deadlineMs, job);
    if (this.#waiting.length >= this.#limits.size) return Promise.reject(new Error('limit exceeded'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ begin: () => this.#work(deadlineMs, job).then(resolve, reject) });
    });
  }

  async #work<Result>(deadlineMs: number, job: () => Promise<Result>): Promise<Result> {
    this.#running++;
    try {
      if (this.#clock.now() > deadlineMs) throw new Error('Worker refused to run overdue job.');
      return await job();
    } finally {
      this.#running--;
      this.#waiting.shift()?.begin();
    }
  }
}
