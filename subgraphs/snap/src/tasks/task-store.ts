import type { Task } from './task.ts';

/** Where tasks survive a restart. */
export interface TaskStore {
  /** All tasks, in the order they were created. */
  load(): Promise<readonly Task[]>;
  insert(task: Task): Promise<void>;
  /** Writes where tasks stand and what they have come to, all of them or none; tasks that were removed stay removed. */
  update(tasks: readonly Task[]): Promise<void>;
  remove(id: string): Promise<void>;
}
