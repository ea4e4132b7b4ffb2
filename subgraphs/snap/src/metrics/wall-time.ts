import type { Timestamp } from './metric.ts';

/** What calendar and clock show at an instant in its own zone. */
export interface WallTime {
  /** `2006-01-02` */
  readonly date: string;
  /** `15:04:05` */
  readonly time: string;
  /** `.999999999` without trailing zeros; empty for a whole second. */
  readonly fraction: string;
  /** `+`, or `-` west of UTC. */
  readonly sign: '+' | '-';
  /** Hours of the zone's offset, two digits. */
  readonly offsetHours: string;
  /** Minutes of the zone's offset, two digits. */
  readonly offsetMinutes: string;
}

const NANOS_PER_SECOND = 1_000_000_000n;

export function wallTimeOf({ unixNanos, offsetMinutes }: Timestamp): WallTime {
  const nanos = ((unixNanos % NANOS_PER_SECOND) + NANOS_PER_SECOND) % NANOS_PER_SECOND;
  const seconds = Number((unixNanos - nanos) / NANOS_PER_SECOND) + offsetMinutes * 60;
  const [date = '', time = ''] = new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length).split('T');
  const size = Math.abs(offsetMinutes);
  return {
    date,
    time,
    fraction: nanos === 0n ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`,
    sign: offsetMinutes < 0 ? '-' : '+',
    offsetHours: twoDigits(Math.floor(size / 60)),
    offsetMinutes: twoDigits(size % 60),
  };
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
