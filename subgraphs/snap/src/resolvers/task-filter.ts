import type { SnapTaskFilter, SnapTaskOrder } from '../generated/resolver-types.ts';
import type { Task } from '../tasks/task.ts';
import { taskStateName } from './task-state-names.ts';

const orders: Readonly<Record<SnapTaskOrder, (tasks: readonly Task[]) => readonly Task[]>> = {
  CREATED_ASC: (tasks) => tasks,
  CREATED_DESC: (tasks) => tasks.toReversed(),
  NAME_ASC: (tasks) => tasks.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
};

/** The tasks that fit a filter, in an order. @param tasks in the order they were created */
export function selectTasks(
  tasks: readonly Task[],
  filter: SnapTaskFilter | null | undefined,
  order: SnapTaskOrder | null | undefined,
): readonly Task[] {
  const states = filter?.states;
  const part = filter?.nameContains?.toLowerCase();
  const fits = ({ state, name }: Task) =>
    (!states || states.includes(taskStateName(state))) && (!part || name.toLowerCase().includes(part));
  return orders[order ?? 'CREATED_ASC'](tasks.filter(fits));
}
