import type { MetricSample, Namespace } from '../../../metrics/metric.ts';
import { valuesOf } from '../../../metrics/namespace.ts';
import type { MetricRequest } from '../../runtime/plugin-runtime.ts';
import { type BuiltinDependencies, type BuiltinPlugin, singleInstance } from '../builtin-plugin.ts';
import { type Sampler, sampler, withValue } from '../sample.ts';
import { type HostMetric, type HostReadings, hostMetrics } from './host-metrics.ts';
import type { HostProbe } from './host-probe.ts';
import { NetworkRateMeter } from './network-rates.ts';

type Reading = keyof HostReadings;

/** Measures this machine: `/pentagraph/host/...`; takes only those measurements that a request needs. */
export const hostCollector = ({ clock }: BuiltinDependencies, probe: HostProbe): BuiltinPlugin => ({
  meta: { ...singleInstance, type: 'collector', name: 'host', version: 1 },
  policy: [],
  metrics: () => hostMetrics.map(({ namespace, description, unit }) => ({ namespace, description, unit, version: 0 })),
  start() {
    const meter = new NetworkRateMeter();
    const measurements: { readonly [Kind in Reading]: () => Promise<HostReadings[Kind]> } = {
      cpu: () => probe.cpu(),
      load: () => probe.load(),
      memory: () => probe.memory(),
      filesystems: () => probe.filesystems(),
      networks: async () => meter.measure(await probe.networks(), clock.now()),
      uptime: () => probe.uptime(),
    };
    return {
      async collect(requests) {
        const asked = requests.map((request) => ({ request, metric: metricOf(request.namespace) }));
        const kinds = [...new Set(asked.map(({ metric }) => metric.needs))];
        const taken = await Promise.all(kinds.map(async (kind) => [kind, await measurements[kind]()] as const));
        const readings = Object.fromEntries(taken) as Partial<HostReadings>;
        const sample = sampler(clock);
        return asked.flatMap(({ request, metric }) => samplesOf(request, metric, readings, sample));
      },
    };
  },
});

function samplesOf(
  request: MetricRequest,
  metric: HostMetric,
  readings: Partial<HostReadings>,
  sample: Sampler,
): readonly MetricSample[] {
  const values = metric.values(readings);
  const wanted = request.namespace[metric.dynamicIndex]?.value ?? '*';
  const found = wanted === '*' ? values : values.filter(({ instance }) => instance === wanted);
  if (wanted !== '*' && found.length === 0) {
    const name = request.namespace[metric.dynamicIndex]?.name;
    throw new Error(
      `there is no ${name} \`${wanted}\` (there are: ${values.map(({ instance }) => instance).join(' ')})`,
    );
  }
  return found.map(({ instance, data }) =>
    sample(
      request,
      data,
      instance === null ? request.namespace : withValue(request.namespace, metric.dynamicIndex, instance),
    ),
  );
}

/** The row of the table that a request's namespace is, or is an instance of. */
function metricOf(namespace: Namespace): HostMetric {
  const metric = hostMetrics.find(
    (candidate) =>
      candidate.namespace.length === namespace.length &&
      candidate.namespace.every(({ value, name }, index) =>
        name !== '' ? namespace[index]?.name === name : value === namespace[index]?.value,
      ),
  );
  if (!metric) throw new Error(`there is no metric ${valuesOf(namespace).join('/')}`);
  return metric;
}
