import type { GoEncodable } from '@pentagraph/kit/go-json';
import type { MetricDetailsFragment } from '../generated/snap-operations.ts';
import { policyBody } from './config-rule.ts';
import { unlessEmpty } from './plugin-body.ts';
import { unixSeconds } from './unix-time.ts';

/** A metric of the catalog (dossier 3.4). */
export const metricBody = (origin: string, metric: MetricDetailsFragment): GoEncodable => ({
  last_advertised_timestamp: unixSeconds(metric.lastAdvertisedTime),
  namespace: metric.namespace,
  version: metric.version,
  dynamic: metric.dynamic,
  dynamic_elements: unlessEmpty(
    metric.dynamicElements.map(({ index, name, description }) => ({ index: index || undefined, name, description })),
  ),
  description: metric.description || undefined,
  unit: metric.unit || undefined,
  policy: policyBody(metric.policy),
  href: `${origin}/v1/metrics?ns=${queryEscape(metric.namespace)}&ver=${metric.version}`,
});

const LEFT_PLAIN = /[!'()*]/g;

/** Go's `url.QueryEscape`: as encodeURIComponent, with more characters encoded and a blank as `+`. */
const queryEscape = (text: string): string =>
  encodeURIComponent(text)
    .replace(LEFT_PLAIN, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
