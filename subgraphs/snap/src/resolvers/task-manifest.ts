import type { GoJsonValue } from '@pentagraph/kit/go-json';
import type {
  CreateSnapTaskInput,
  SnapNamespaceValuesInput,
  SnapProcessNodeInput,
  SnapPublishNodeInput,
  SnapScheduleInput,
  SnapScheduleType,
  SnapWorkflowInput,
} from '../generated/resolver-types.ts';

const scheduleTypes: Readonly<Record<SnapScheduleType, string>> = {
  WINDOWED: 'windowed',
  CRON: 'cron',
  STREAMING: 'streaming',
};

/** The manifest that says the same as a typed input, so that both are read and checked by the same rules. */
export const manifestOf = (input: CreateSnapTaskInput): GoJsonValue =>
  objectOf({
    name: input.name,
    deadline: input.deadline,
    start: input.start,
    'max-failures': input.maxFailures,
    'max-collect-duration': input.maxCollectDuration,
    'max-metrics-buffer': input.maxMetricsBuffer,
    schedule: scheduleOf(input.schedule),
    workflow: objectOf({ collect: collectOf(input.workflow) }),
  });

const scheduleOf = ({ type, interval, startTime, stopTime, count }: SnapScheduleInput): GoJsonValue =>
  objectOf({
    type: scheduleTypes[type],
    interval,
    start_timestamp: startTime?.toISOString(),
    stop_timestamp: stopTime?.toISOString(),
    count,
  });

const collectOf = ({ metrics, config, tags, process, publish }: SnapWorkflowInput): GoJsonValue =>
  objectOf({
    metrics: new Map(metrics.map(({ namespace, version }) => [namespace, objectOf({ version })])),
    config: byPrefix(config),
    tags: byPrefix(tags),
    process: process?.map(processOf),
    publish: publish?.map(publishOf),
  });

const processOf = ({ process, publish, ...node }: SnapProcessNodeInput): GoJsonValue =>
  objectOf({ ...publishFields(node), process: process?.map(processOf), publish: publish?.map(publishOf) });

const publishOf = (node: SnapPublishNodeInput): GoJsonValue => objectOf(publishFields(node));

const publishFields = ({ pluginName, pluginVersion, config, target }: SnapPublishNodeInput) => ({
  plugin_name: pluginName,
  plugin_version: pluginVersion,
  config,
  target,
});

/** Values given twice for a prefix: the later ones win, key by key. */
function byPrefix(entries: readonly SnapNamespaceValuesInput[] | null | undefined): GoJsonValue {
  const prefixes = new Map<string, Map<string, GoJsonValue>>();
  for (const { prefix, values } of entries ?? []) {
    prefixes.set(prefix, new Map([...(prefixes.get(prefix) ?? []), ...membersOf(values)]));
  }
  return prefixes;
}

const objectOf = (members: Readonly<Record<string, unknown>>): GoJsonValue => new Map(membersOf(members));

const membersOf = (members: Readonly<Record<string, unknown>>): [string, GoJsonValue][] =>
  Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, toGoJson(value)]);

/** A value as GraphQL variables carry it; what is already converted stays. */
function toGoJson(value: unknown): GoJsonValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (Array.isArray(value)) return value.map(toGoJson);
  if (value instanceof Map) return value;
  return typeof value === 'object' && value !== null ? objectOf(value as Record<string, unknown>) : null;
}
