import type { Task } from '../../src/tasks/task.ts';
import type { TaskStore } from '../../src/tasks/task-store.ts';

/** A store that tests look into, and that fails when told to. */
export class MemoryTaskStore implements TaskStore {
  readonly rows: Map<string, Task>;
  /** How many statements wrote tasks. */
  updates = 0;
  failure: Error | undefined;

  constructor(rows: Iterable<readonly [string, Task]> = []) {
    this.rows = new Map(rows);
  }

  async load(): Promise<readonly Task[]> {
    return [...this.rows.values()];
  }

  async insert(task: Task): Promise<void> {
    this.#answer();
    this.rows.set(task.id, task);
  }

  async update(tasks: readonly Task[]): Promise<void> {
    this.#answer();
    this.updates++;
    for (const task of tasks) if (this.rows.has(task.id)) this.rows.set(task.id, task);
  }

  async remove(id: string): Promise<void> {
    this.#answer();
    this.rows.delete(id);
  }

  #answer(): void {
    if (this.failure) throw this.failure;
  }
}
