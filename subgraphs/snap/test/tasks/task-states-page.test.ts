import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { taskStatesTable, withTaskStates } from '../../src/docs/task-states-table.ts';

const page = readFileSync(new URL('../../../../docs/snap.md', import.meta.url), 'utf8');

test('docs/snap.md shows the life of a task as it is (npm run docs writes it again)', () => {
  expect(withTaskStates(page)).toBe(page);
});

test('the table has a row per state', () => {
  expect(taskStatesTable().split('\n').slice(2)).toEqual([
    expect.stringContaining('**Stopped**'),
    expect.stringContaining('| **Running** | `SNAP_TASK_REFUSED` Task is already running. | Stopping |'),
    expect.stringContaining('**Stopping**'),
    expect.stringContaining('**Ended**'),
    expect.stringContaining('| **Disabled** | `SNAP_TASK_DISABLED` Task is disabled. Cannot be started. |'),
  ]);
});

test('a page without a place for the table is refused', () => {
  expect(() => withTaskStates('# Snap')).toThrow('The page lacks');
});
