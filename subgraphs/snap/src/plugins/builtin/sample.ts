import type { Clock } from '@pentagraph/kit';
import type { MetricData, MetricSample, Namespace, Timestamp } from '../../metrics/metric.ts';
import type { MetricRequest } from '../runtime/plugin-runtime.ts';

/** Makes the samples of one collection: each has a time of its own, later than the one before. */
export type Sampler = (request: MetricRequest, data: MetricData, namespace?: Namespace) => MetricSample;

export function sampler(clock: Clock): Sampler {
  const offsetMinutes = -new Date(clock.now()).getTimezoneOffset();
  let last = 0n;
  const stamp = (): Timestamp => {
    const now = clock.nowNanos();
    last = now > last ? now : last + 1n;
    return { unixNanos: last, offsetMinutes };
  };
  return (request, data, namespace = request.namespace) => ({
    namespace,
    version: request.version,
    data,
    timestamp: stamp(),
    tags: null,
    unit: request.unit,
    description: request.description,
    lastAdvertisedMs: request.lastAdvertisedMs,
    config: request.config,
  });
}

/** The namespace with a value in place of its dynamic element at `index`. */
export const withValue = (namespace: Namespace, index: number, value: string): Namespace =>
  namespace.map((element, at) => (at === index ? { ...element, value } : element));

export const int = (value: number | bigint): MetricData => ({ kind: 'int', value: BigInt(value) });
export const float = (value: number): MetricData => ({ kind: 'float64', value });
export const string = (value: string): MetricData => ({ kind: 'string', value });
