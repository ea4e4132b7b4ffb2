import { type GoJsonValue, goJsonOf } from '@pentagraph/kit/go-json';
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
  goJsonOf({
    name: input.name,
    deadline: input.deadline,
    start: input.start,
    'max-failures': input.maxFailures,
    'max-collect-duration': input.maxCollectDuration,
    'max-metrics-buffer': input.maxMetricsBuffer,
    schedule: scheduleOf(input.schedule),
    workflow: { collect: collectOf(input.workflow) },
  });

const scheduleOf = ({ type, interval, startTime, stopTime, count }: SnapScheduleInput) => ({
  type: scheduleTypes[type],
  interval,
  start_timestamp: startTime?.toISOString(),
  stop_timestamp: stopTime?.toISOString(),
  count,
});

const collectOf = ({ metrics, config, tags, process, publish }: SnapWorkflowInput) => ({
  metrics: new Map(metrics.map(({ namespace, version }) => [namespace, goJsonOf({ version })])),
  config: byPrefix(config),
  tags: byPrefix(tags),
  process: process?.map(processOf),
  publish: publish?.map(publishOf),
});

const processOf = ({ process, publish, ...node }: SnapProcessNodeInput): object => ({
  ...publishOf(node),
  process: process?.map(processOf),
  publish: publish?.map(publishOf),
});

const publishOf = ({ pluginName, pluginVersion, config, target }: SnapPublishNodeInput) => ({
  plugin_name: pluginName,
  plugin_version: pluginVersion,
  config,
  target,
});

/** Values given twice for a prefix: the later ones win, key by key. */
function byPrefix(entries: readonly SnapNamespaceValuesInput[] | null | undefined): GoJsonValue {
  const prefixes = new Map<string, SnapNamespaceValuesInput['values']>();
  for (const { prefix, values } of entries ?? []) {
    prefixes.set(prefix, { ...prefixes.get(prefix), ...values });
  }
  return new Map([...prefixes].map(([prefix, values]) => [prefix, goJsonOf(values)]));
}
