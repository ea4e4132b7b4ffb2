import { messageOf } from '@pentagraph/kit';
import { formatGoValue, GoJsonError, type GoJsonValue, parseGoJson } from '@pentagraph/kit/go-json';
import type { ConfigValue, ConfigValues } from '../metrics/metric.ts';
import { TimestampError } from '../metrics/rfc3339.ts';
import { GoDurationError, parseGoDuration } from './go-duration.ts';
import {
  type CollectNodeText,
  type ProcessNodeText,
  type PublishNodeText,
  readRequestNode,
  readWorkflowNode,
} from './manifest-nodes.ts';
import { INT64, ManifestError } from './manifest-reader.ts';
import { refuseTarget } from './remote-target.ts';
import { scheduleOf } from './schedule.ts';
import { definitionOfSchedule } from './schedule-manifest.ts';
import type { ProcessNode, PublishNode, TaskDefinition, Workflow } from './task.ts';
import { taskRefusal } from './task-refusal.ts';
import { workflowJsonOf } from './workflow-json.ts';

const DEFAULT_DEADLINE_NANOS = 5_000_000_000n;
const DEFAULT_MAX_FAILURES = 10;
/** What the graph's `Int` holds. */
const INT32_MAXIMUM = 2n ** 31n - 1n;

/** What a manifest asks for. */
export interface TaskRequest {
  readonly definition: TaskDefinition;
  /** Whether to start the task at once. */
  readonly start: boolean;
}

/** Reads the JSON text of a manifest. @throws SNAP_TASK_INVALID with Go's text */
export const parseManifest = (text: string): GoJsonValue => refusing(() => parseGoJson(text));

/**
 * Reads a task manifest: every check that needs nothing but the manifest and the time, in the original's order.
 * @throws SNAP_TASK_INVALID with the original's text
 */
export const readManifest = (manifest: GoJsonValue, nowMs: number): TaskRequest =>
  refusing(() => requestOf(manifest, nowMs));

/** Reads a workflow in the normal form that {@link workflowJsonOf} writes. */
export function workflowFromJson(text: string): Workflow {
  const { collect } = readWorkflowNode(parseGoJson(text));
  return workflowOf(collect ?? {});
}

function requestOf(manifest: GoJsonValue, nowMs: number): TaskRequest {
  const request = readRequestNode(manifest);
  const collect = request.workflow?.collect;
  if (isEmpty(request.schedule)) {
    throw new ManifestError('Task must include a schedule, and the schedule must not be empty');
  }
  if (!collect) throw new ManifestError('Task must include a workflow, and the workflow must not be empty');
  const schedule = definitionOfSchedule(request.schedule);
  const refusal = scheduleOf(schedule)?.refusal(nowMs);
  if (refusal) throw new ManifestError(refusal);
  const deadlineNanos = request.deadline ? parseGoDuration(request.deadline) : DEFAULT_DEADLINE_NANOS;
  const maxCollectDuration = request['max-collect-duration'];
  const maxCollectDurationNanos = maxCollectDuration ? parseGoDuration(maxCollectDuration) : 0n;
  const workflow = workflowOf(collect);
  refuseTargets(workflow);
  return {
    definition: {
      name: request.name || null,
      deadlineNanos,
      maxFailures: maxFailuresOf(request['max-failures'] ?? 0n),
      maxCollectDurationNanos,
      maxMetricsBuffer: request['max-metrics-buffer'] ?? 0n,
      schedule,
      workflow,
      workflowJson: workflowJsonOf(workflow),
    },
    start: request.start ?? false,
  };
}

/** Like Go's comparison with the zero struct: a key with a zero value is as good as none. */
const isEmpty = (node: object | undefined): node is undefined =>
  Object.values(node ?? {}).every((value) => value === undefined || value === '' || value === 0n);

function maxFailuresOf(given: bigint): number {
  if (given === 0n) return DEFAULT_MAX_FAILURES;
  return given < 0n ? -1 : Number(given < INT32_MAXIMUM ? given : INT32_MAXIMUM);
}

function workflowOf({ metrics, config, tags, process, publish }: CollectNodeText): Workflow {
  if (!metrics || metrics.size === 0) throw new ManifestError('Collection node has not metrics defined to collect');
  const requested = [...metrics].map(([namespace, version]) => ({ namespace, version: Number(version) }));
  return {
    metrics: requested.sort((a, b) => (a.namespace < b.namespace ? -1 : 1)),
    config: recordOf(config, (values, prefix) => configOf(values, prefix)),
    tags: recordOf(tags, (values) => recordOf(values, (value) => value)),
    process: (process ?? []).map(processNode),
    publish: (publish ?? []).map(publishNode),
  };
}

const processNode = (node: ProcessNodeText): ProcessNode => ({
  ...publishNode(node),
  process: (node.process ?? []).map(processNode),
  publish: (node.publish ?? []).map(publishNode),
});

const publishNode = ({ plugin_name, plugin_version, config, target }: PublishNodeText): PublishNode => ({
  pluginName: plugin_name ?? '',
  pluginVersion: Number(plugin_version ?? 0n),
  config: configOf(config, ''),
  target: target ?? '',
});

const configOf = (values: ReadonlyMap<string, GoJsonValue> | undefined, prefix: string): ConfigValues =>
  recordOf(values, (value) => configValueOf(value, prefix));

/** Integral numbers are integers however they are written, as far as 64 bits hold them. */
function configValueOf(value: GoJsonValue, prefix: string): ConfigValue {
  if (value === null || typeof value === 'object') {
    throw new ManifestError(`Cannot convert config value to config data node: ${prefix}=>${formatGoValue(value)}`);
  }
  if (typeof value === 'number' && Number.isInteger(value) && fitsInt64(BigInt(value))) return BigInt(value);
  return typeof value === 'bigint' && !fitsInt64(value) ? Number(value) : value;
}

const fitsInt64 = (value: bigint): boolean => value >= INT64.minimum && value <= INT64.maximum;

const recordOf = <Value, Result>(
  map: ReadonlyMap<string, Value> | undefined,
  convert: (value: Value, key: string) => Result,
): Readonly<Record<string, Result>> =>
  Object.fromEntries([...(map ?? [])].map(([key, value]) => [key, convert(value, key)]));

function refuseTargets({ process, publish }: Pick<ProcessNode, 'process' | 'publish'>): void {
  for (const node of process) {
    refuseTarget(node.target);
    refuseTargets(node);
  }
  for (const { target } of publish) refuseTarget(target);
}

const REFUSALS = [ManifestError, GoJsonError, GoDurationError, TimestampError];

function refusing<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (REFUSALS.some((refusal) => error instanceof refusal)) {
      throw taskRefusal('SNAP_TASK_INVALID', [messageOf(error)], error);
    }
    throw error;
  }
}
