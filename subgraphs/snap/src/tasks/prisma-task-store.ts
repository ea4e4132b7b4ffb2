import { type SnapClient, type SnapTask, type SqlValue, updateRows } from '@pentagraph/prisma';
import { workflowFromJson } from './manifest.ts';
import { scheduleFromJson, scheduleToJson } from './schedule-manifest.ts';
import type { Task } from './task.ts';
import type { TaskState } from './task-states.ts';
import type { TaskStore } from './task-store.ts';

/** What changes of a task after its creation, by column. */
const changing = {
  state: ({ state }: Task): SqlValue => state,
  startedAt: ({ startedAtMs }: Task): SqlValue => dateOf(startedAtMs),
  lastRunAt: ({ lastRunAtMs }: Task): SqlValue => dateOf(lastRunAtMs),
  hitCount: ({ hitCount }: Task): SqlValue => BigInt(hitCount),
  missCount: ({ missCount }: Task): SqlValue => BigInt(missCount),
  failedCount: ({ failedCount }: Task): SqlValue => BigInt(failedCount),
  consecutiveFailures: ({ consecutiveFailures }: Task): SqlValue => consecutiveFailures,
  lastFailureMessage: ({ lastFailureMessage }: Task): SqlValue => lastFailureMessage,
} as const;

/** Rows of one statement: their values must stay below what both stores allow. */
const ROWS_PER_STATEMENT = 2_000;

/** Tasks in the database. */
export class PrismaTaskStore implements TaskStore {
  readonly #database: SnapClient;

  constructor(database: SnapClient) {
    this.#database = database;
  }

  async load(): Promise<readonly Task[]> {
    const rows = await this.#database.snapTask.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    return rows.map(taskOf);
  }

  async insert(task: Task): Promise<void> {
    await this.#database.snapTask.create({ data: rowOf(task) });
  }

  async update(tasks: readonly Task[]): Promise<void> {
    const statements = chunksOf(tasks, ROWS_PER_STATEMENT).map((chunk) =>
      updateRows({
        table: 'SnapTask',
        key: 'id',
        columns: Object.keys(changing),
        rows: chunk.map((task) => [task.id, ...Object.values(changing).map((read) => read(task))]),
      }),
    );
    await this.#database.$transaction(statements.map((statement) => this.#database.$executeRaw(statement)));
  }

  async remove(id: string): Promise<void> {
    await this.#database.snapTask.deleteMany({ where: { id } });
  }
}

const rowOf = (task: Task): SnapTask => ({
  id: task.id,
  name: task.name,
  state: task.state,
  deadline: task.deadlineNanos,
  maxFailures: task.maxFailures,
  maxCollectDuration: task.maxCollectDurationNanos,
  maxMetricsBuffer: task.maxMetricsBuffer,
  schedule: scheduleToJson(task.schedule),
  workflow: task.workflowJson,
  createdAt: new Date(task.createdAtMs),
  startedAt: dateOf(task.startedAtMs),
  lastRunAt: dateOf(task.lastRunAtMs),
  hitCount: BigInt(task.hitCount),
  missCount: BigInt(task.missCount),
  failedCount: BigInt(task.failedCount),
  consecutiveFailures: task.consecutiveFailures,
  lastFailureMessage: task.lastFailureMessage,
});

const taskOf = (row: SnapTask): Task => ({
  id: row.id,
  name: row.name,
  state: row.state as TaskState,
  deadlineNanos: row.deadline,
  maxFailures: row.maxFailures,
  maxCollectDurationNanos: row.maxCollectDuration,
  maxMetricsBuffer: row.maxMetricsBuffer,
  schedule: scheduleFromJson(row.schedule),
  workflow: workflowFromJson(row.workflow),
  workflowJson: row.workflow,
  createdAtMs: row.createdAt.getTime(),
  startedAtMs: row.startedAt?.getTime() ?? null,
  lastRunAtMs: row.lastRunAt?.getTime() ?? null,
  hitCount: Number(row.hitCount),
  missCount: Number(row.missCount),
  failedCount: Number(row.failedCount),
  consecutiveFailures: row.consecutiveFailures,
  lastFailureMessage: row.lastFailureMessage,
});

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

const chunksOf = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
