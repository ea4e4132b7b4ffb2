import { type Clock, type Logger, SerialQueue, type Timer } from '@pentagraph/kit';
import type { TaskRecord } from './task-record.ts';
import type { TaskStore } from './task-store.ts';

/** The longest time counters live in memory only. */
const WRITE_BEHIND_MS = 1_000;

interface Dependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Brings tasks to the store: what must not be lost at once, counters a moment later, always as one batch. Writes never
 * overlap, so an older one can't overtake a newer one.
 */
export class TaskWriter {
  readonly #store: TaskStore;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #dirty = new Set<TaskRecord>();
  /** Being written right now. */
  #batch: ReadonlySet<TaskRecord> = new Set();
  readonly #writes = new SerialQueue();
  #timer: Timer | undefined;
  #closed = false;

  constructor({ store, clock, logger }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Writes the task as it stands, together with all others that wait. @throws when the store refuses */
  async save(record: TaskRecord): Promise<void> {
    this.#dirty.add(record);
    await this.#writes.run(() => this.#writeAll());
  }

  /** Lets the task be written within a second. */
  saveSoon(record: TaskRecord): void {
    this.#dirty.add(record);
    this.#flushSoon();
  }

  /** Waits until what is known of these tasks now is written: what a caller is shown must survive a crash. */
  async settled(records: readonly TaskRecord[]): Promise<void> {
    if (records.some((record) => this.#dirty.has(record) || this.#batch.has(record))) await this.flush();
  }

  /** Removes the task for good. */
  async remove(record: TaskRecord): Promise<void> {
    await this.#writes.run(async () => {
      await this.#store.remove(record.id);
      this.#dirty.delete(record);
    });
  }

  /** Writes everything that waits. A store that refuses is asked again every second. */
  async flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    try {
      await this.#writes.run(() => this.#writeAll());
    } catch (error) {
      this.#logger.error({ err: error, tasks: this.#dirty.size }, 'counters of tasks could not be stored');
      this.#flushSoon();
    }
  }

  /** Writes what waits for the last time. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
  }

  #flushSoon(): void {
    if (this.#closed) return;
    this.#timer ??= this.#clock.schedule(WRITE_BEHIND_MS, () => void this.flush());
  }

  async #writeAll(): Promise<void> {
    const batch = new Set(this.#dirty);
    if (batch.size === 0) return;
    this.#batch = batch;
    this.#dirty.clear();
    try {
      await this.#store.update(Array.from(batch, ({ task }) => task));
    } catch (error) {
      for (const record of batch) this.#dirty.add(record);
      throw error;
    } finally {
      this.#batch = new Set();
    }
  }
}
