import { formatGoFloat, shortestFloat32 } from '@pentagraph/kit/go-json';
import type { MetricData, MetricSample, Timestamp } from '../../../metrics/metric.ts';
import { namespaceText, valuesOf } from '../../../metrics/namespace.ts';
import { wallTimeOf } from '../../../metrics/wall-time.ts';

/** `<time>|<namespace>|<data>|tags[k:v; k:v]`, as the original's file publisher writes a metric (dossier 4.14). */
export function sampleLine({ timestamp, namespace, data, tags }: MetricSample): string {
  const shownTags = Object.entries(tags ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}:${value}`)
    .join('; ');
  return `${goTime(timestamp)}|${namespaceText(valuesOf(namespace))}|${goData(data)}|tags[${shownTags}]`;
}

/** An instant in Go's default form: `2006-01-02 15:04:05.999999999 +0000 UTC`; a zone without name is its offset. */
export function goTime(timestamp: Timestamp): string {
  const { date, time, fraction, sign, offsetHours, offsetMinutes } = wallTimeOf(timestamp);
  const offset = `${sign}${offsetHours}${offsetMinutes}`;
  return `${date} ${time}${fraction} ${offset} ${timestamp.offsetMinutes === 0 ? 'UTC' : offset}`;
}

/** A value as Go's `%v` prints it. */
export function goData(data: MetricData): string {
  switch (data.kind) {
    case 'null':
      return '<nil>';
    case 'bytes':
      return `[${data.value.join(' ')}]`;
    case 'float64':
      return formatGoFloat(data.value);
    case 'float32':
      return formatGoFloat(shortestFloat32(data.value));
    default:
      return String(data.value);
  }
}
