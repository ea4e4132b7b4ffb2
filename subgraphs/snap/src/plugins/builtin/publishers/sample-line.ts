import { formatGoFloat, shortestFloat32 } from '@pentagraph/kit/go-json';
import type { MetricData, MetricSample, Timestamp } from '../../../metrics/metric.ts';
import { namespaceText, valuesOf } from '../../../metrics/namespace.ts';

/** `<time>|<namespace>|<data>|tags[k:v; k:v]`, as the original's file publisher writes a metric (dossier 4.14). */
export function sampleLine({ timestamp, namespace, data, tags }: MetricSample): string {
  const shownTags = Object.entries(tags ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}:${value}`)
    .join('; ');
  return `${goTime(timestamp)}|${namespaceText(valuesOf(namespace))}|${goData(data)}|tags[${shownTags}]`;
}

const NANOS_PER_SECOND = 1_000_000_000n;

/** An instant in Go's default form: `2006-01-02 15:04:05.999999999 +0000 UTC`; a zone without name is its offset. */
export function goTime({ unixNanos, offsetMinutes }: Timestamp): string {
  const fraction = ((unixNanos % NANOS_PER_SECOND) + NANOS_PER_SECOND) % NANOS_PER_SECOND;
  const seconds = Number((unixNanos - fraction) / NANOS_PER_SECOND);
  const wall = new Date((seconds + offsetMinutes * 60) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const digits = fraction === 0n ? '' : `.${fraction.toString().padStart(9, '0').replace(/0+$/, '')}`;
  const offset = offsetText(offsetMinutes);
  return `${wall}${digits} ${offset} ${offsetMinutes === 0 ? 'UTC' : offset}`;
}

function offsetText(minutes: number): string {
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}${twoDigits(size % 60)}`;
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
