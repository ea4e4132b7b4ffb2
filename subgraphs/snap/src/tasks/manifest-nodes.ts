import type { GoJsonValue } from '@pentagraph/kit/go-json';
import { parseRfc3339 } from '../metrics/rfc3339.ts';
import {
  ManifestError,
  parsing,
  type Reader,
  readAny,
  readBool,
  readInt,
  readInt64,
  readList,
  readMap,
  readNode,
  readString,
  readStruct,
  readUint,
} from './manifest-reader.ts';

// What may stand where in a task manifest: one table per kind of node (dossier 3.5). Meaning is given in manifest.ts.

/** Deeper workflows than anybody draws; a limit keeps recursion within the stack. */
const MAX_DEPTH = 100;

const EMPTY = new Map<never, never>();
const readTimestamp = (value: GoJsonValue) => {
  if (value === null) return undefined;
  if (typeof value !== 'string') throw new ManifestError('Time.UnmarshalJSON: input is not a JSON string');
  return parseRfc3339(value);
};
const readConfig = readMap<GoJsonValue>(readAny, null, 'map[string]interface {}');
const readTags = readMap(readString, '', 'map[string]string');

const scheduleFields = {
  type: readString,
  interval: readString,
  start_timestamp: readTimestamp,
  stop_timestamp: readTimestamp,
  count: readUint,
};

const metricFields = { version: parsing('version', readInt) };

const publishFields = {
  plugin_name: parsing('plugin_name', readString),
  plugin_version: parsing('plugin_version', readInt),
  config: parsing('config', readConfig),
  target: parsing('target', readString),
};

const processFieldsAt = (depth: number) => ({
  ...publishFields,
  process: readProcessNodesAt(depth + 1),
  publish: readPublishNodes,
});

const readMetric = (value: GoJsonValue) =>
  readNode(value, metricFields, 'metrics in collect workflow of task').version ?? 0n;

const readPublishNode = (value: GoJsonValue) => readNode(value, publishFields, 'publish workflow of task.');
const readPublishNodes = readList(readPublishNode, '[]wmap.PublishWorkflowMapNode');

/** A publisher as the manifest writes it. */
export type PublishNodeText = ReturnType<typeof readPublishNode>;

/** A processor as the manifest writes it. */
export interface ProcessNodeText extends PublishNodeText {
  readonly process?: readonly ProcessNodeText[] | undefined;
  readonly publish?: readonly PublishNodeText[] | undefined;
}

function readProcessNodesAt(depth: number): Reader<readonly ProcessNodeText[]> {
  return readList((value): ProcessNodeText => {
    if (depth > MAX_DEPTH) throw new ManifestError(`Processors are nested deeper than ${MAX_DEPTH}.`);
    return readNode(value, processFieldsAt(depth), 'process workflow of task.');
  }, '[]wmap.ProcessWorkflowMapNode');
}

const collectFields = {
  metrics: readMap(readMetric, 0n, 'map[string]wmap.metricInfo'),
  config: parsing('config', readMap(readConfig, EMPTY, 'map[string]map[string]interface {}')),
  tags: parsing('tags', readMap(readTags, EMPTY, 'map[string]map[string]string')),
  process: readProcessNodesAt(1),
  publish: readPublishNodes,
};

const workflowFields = {
  collect: (value: GoJsonValue) =>
    value === null ? undefined : readNode(value, collectFields, 'collect workflow of task.'),
};

/** A schedule as the manifest writes it. */
export const readScheduleNode = (value: GoJsonValue) =>
  readStruct(value, scheduleFields, { goType: 'core.Schedule', name: 'Schedule' });
export type ScheduleText = ReturnType<typeof readScheduleNode>;

/** A workflow as the manifest writes it. */
export const readWorkflowNode = (value: GoJsonValue) => readNode(value, workflowFields, 'workflow of task.');
export type CollectNodeText = NonNullable<ReturnType<typeof readWorkflowNode>['collect']>;

const requestFields = {
  name: parsing('name', readString),
  version: parsing('version', readInt),
  deadline: parsing('deadline', readString),
  schedule: readScheduleNode,
  workflow: readWorkflowNode,
  start: parsing('start', readBool),
  'max-failures': parsing('max-failures', readInt),
  'max-collect-duration': parsing('max-collect-duration', readString),
  'max-metrics-buffer': parsing('max-metrics-buffer', readInt64),
};

/** A whole task manifest as it is written. */
export const readRequestNode = (value: GoJsonValue) => readNode(value, requestFields, 'task creation request');
