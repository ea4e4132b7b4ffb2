import type { ConfigPolicy } from '../../../config/config-policy.ts';
import type { ConfigValues, MetricData, MetricSample, Namespace } from '../../../metrics/metric.ts';
import { dynamicElement, isDynamicElement, staticElement, staticNamespace } from '../../../metrics/namespace.ts';
import type { AdvertisedMetric, MetricRequest } from '../../runtime/plugin-runtime.ts';
import { type BuiltinDependencies, type BuiltinPlugin, defaultMeta, PluginCrash } from '../builtin-plugin.ts';
import { int, sampler, string, withValue } from '../sample.ts';
import { requestedHosts } from './mock-hosts.ts';

/** Where the metrics of a mock collector name the host. */
const HOST_INDEX = 2;

const namespaces: readonly Namespace[] = [
  staticNamespace('intel', 'mock', 'foo'),
  staticNamespace('intel', 'mock', 'bar'),
  [staticElement('intel'), staticElement('mock'), dynamicElement('host', 'name of the host'), staticElement('baz')],
  staticNamespace('intel', 'mock', 'all', 'baz'),
];

/** Only foo wants a password, in all mock collectors. */
const policy: ConfigPolicy = [
  {
    namespace: ['intel', 'mock', 'foo'],
    rules: [
      { name: 'name', type: 'string', required: false, default: 'bob' },
      { name: 'password', type: 'string', required: true },
    ],
  },
];

/** What tells one version of the mock collector from another. */
interface MockTraits {
  measure(request: MetricRequest, random: () => number): MetricData;
  measureHost(random: () => number): MetricData;
}

function mockBehaviour({ clock, random }: BuiltinDependencies, { measure, measureHost }: MockTraits) {
  const samplesFor = (request: MetricRequest, sample: ReturnType<typeof sampler>): readonly MetricSample[] => {
    const element = request.namespace[HOST_INDEX];
    if (!element || !isDynamicElement(element)) return [sample(request, measure(request, random))];
    return requestedHosts(element.value).map((host) =>
      sample(request, measureHost(random), withValue(request.namespace, HOST_INDEX, host)),
    );
  };
  return {
    async collect(requests: readonly MetricRequest[]): Promise<readonly MetricSample[]> {
      const sample = sampler(clock);
      return requests.flatMap((request) => samplesFor(request, sample));
    },
  };
}

/** Version 1: text that shows its configuration, and numbers from 65 to 89 per host (dossier 4.14). */
export const mockCollector1 = (dependencies: BuiltinDependencies): BuiltinPlugin => ({
  meta: { ...defaultMeta, type: 'collector', name: 'mock', version: 1, cacheTtlMs: 1100 },
  policy,
  metrics: () => namespaces.map((namespace) => ({ namespace, version: 0, description: '', unit: '' })),
  start: () =>
    mockBehaviour(dependencies, {
      measure: ({ config }) => string(configText(config)),
      measureHost: (random) => int(between(65, 90, random)),
    }),
});

/** Version 2: numbers from 1065 to 1089, 1001 for all hosts together; one instance per task (dossier 4.14). */
export const mockCollector2 = (dependencies: BuiltinDependencies): BuiltinPlugin => ({
  meta: { ...defaultMeta, type: 'collector', name: 'mock', version: 2, routing: 'sticky', cacheTtlMs: 100 },
  policy,
  metrics: advertisedBy2,
  start: () =>
    mockBehaviour(dependencies, {
      measure: ({ namespace, config }, random) => {
        if (config.panic === true) throw new PluginCrash('unexpected EOF');
        return int(namespace[HOST_INDEX]?.value === 'all' ? 1001 : between(1065, 1090, random));
      },
      measureHost: (random) => int(between(1065, 1090, random)),
    }),
});

/** The stored configuration can make it refuse, or advertise a metric more or one less. */
function advertisedBy2(config: ConfigValues): readonly AdvertisedMetric[] {
  if ('test-fail' in config) throw new Error('testing');
  const offered = 'test-less' in config ? namespaces.slice(1) : namespaces;
  const extra = 'test' in config ? [staticNamespace('intel', 'mock', 'test')] : [];
  return [...offered, ...extra].map((namespace) => ({
    namespace,
    version: 0,
    description: 'mock description',
    unit: 'mock unit',
  }));
}

function configText({ name, password, test }: ConfigValues): string {
  const shown = (value: ConfigValues[string] | undefined) => (value === undefined ? '%!s(<nil>)' : `{${value}}`);
  const text = `The mock collected data! config data: name=${shown(name)} password=${shown(password)}`;
  return typeof test === 'boolean' ? `${text} test=${test}` : text;
}

/** A whole number from `low` up to, not including, `high`. */
const between = (low: number, high: number, random: () => number): number => low + Math.floor(random() * (high - low));
