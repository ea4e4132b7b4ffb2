import type { ConfigValues, TagsByPrefix } from '../metrics/metric.ts';
import type { RequestedMetric } from '../plugins/plugin-host.ts';
import type { ScheduleDefinition } from './schedule.ts';
import type { TaskState } from './task-states.ts';

/** A publisher of a workflow, as the manifest spells it. */
export interface PublishNode {
  /** The spelling as given; plugins are looked up in lower case. */
  readonly pluginName: string;
  /** Below 1: the newest. */
  readonly pluginVersion: number;
  readonly config: ConfigValues;
  /** `host:port` of the node that runs it; empty: here. */
  readonly target: string;
}

/** A processor of a workflow and what follows it. */
export interface ProcessNode extends PublishNode {
  readonly process: readonly ProcessNode[];
  readonly publish: readonly PublishNode[];
}

/** Collect, then process and publish, as a tree (dossier 3.5). */
export interface Workflow {
  /** Sorted by namespace. */
  readonly metrics: readonly RequestedMetric[];
  /** By namespace prefix. */
  readonly config: Readonly<Record<string, ConfigValues>>;
  readonly tags: TagsByPrefix;
  readonly process: readonly ProcessNode[];
  readonly publish: readonly PublishNode[];
}

/** Everything a manifest says, with its defaults filled in. */
export interface TaskDefinition {
  /** Null: `Task-<id>`. */
  readonly name: string | null;
  /** How long after a firing a job may still begin. */
  readonly deadlineNanos: bigint;
  /** Consecutive failed firings that disable the task; -1: never. */
  readonly maxFailures: number;
  /** For a streaming collector; 0 leaves the choice to it. */
  readonly maxCollectDurationNanos: bigint;
  /** For a streaming collector; 0 leaves the choice to it. */
  readonly maxMetricsBuffer: bigint;
  readonly schedule: ScheduleDefinition;
  readonly workflow: Workflow;
  /** The workflow in its normal form, as the REST API prints it (dossier 3.6). */
  readonly workflowJson: string;
}

/** What a task's firings have come to; lives until the task is removed. */
export interface TaskCounters {
  /** The last firing, milliseconds since the Unix epoch; null when it never ran or was stopped. */
  readonly lastRunAtMs: number | null;
  /** Firings, successful or not. */
  readonly hitCount: number;
  /** Whole intervals that passed without a firing. */
  readonly missCount: number;
  /** Failed jobs: a failed collection is one, every failed processor or publisher is one. */
  readonly failedCount: number;
  /** Failed firings in a row. */
  readonly consecutiveFailures: number;
  /** Text of the last error, empty when there was none. */
  readonly lastFailureMessage: string;
}

/** A scheduled workflow as it stands at one moment. */
export interface Task extends TaskDefinition, TaskCounters {
  /** UUID version 4. */
  readonly id: string;
  readonly name: string;
  readonly state: TaskState;
  readonly createdAtMs: number;
  /** When the current or last run was started: its window and count begin here. */
  readonly startedAtMs: number | null;
}
