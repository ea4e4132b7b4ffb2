import type { MetricData, MetricSample } from '../../src/metrics/metric.ts';
import { staticNamespace } from '../../src/metrics/namespace.ts';

/** A measured value. */
export const sample = (data: MetricData = { kind: 'int', value: 7n }): MetricSample => ({
  namespace: staticNamespace('intel', 'mock', 'foo'),
  version: 1,
  data,
  timestamp: { unixNanos: 0n, offsetMinutes: 0 },
  tags: null,
  unit: '',
  description: '',
  lastAdvertisedMs: 0,
  config: {},
});
