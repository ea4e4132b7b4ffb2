import type { Timestamp } from './metric.ts';
import { wallTimeOf } from './wall-time.ts';

/** What Go's `time.Parse` refuses, with Go's own text as the message. */
export class TimestampError extends Error {
  override readonly name = 'TimestampError';
}

const LAYOUT = '2006-01-02T15:04:05Z07:00';
const NANOS_PER_MINUTE = 60_000_000_000n;

/** The parts of the layout in order; a part's pattern takes its digits, `range` refuses what no calendar has. */
const PARTS = [
  { layout: '2006', pattern: /\d{4}/y },
  { layout: '-', pattern: /-/y },
  { layout: '01', pattern: /\d{2}/y, range: ['month', 1, 12] },
  { layout: '-', pattern: /-/y },
  { layout: '02', pattern: /\d{2}/y, range: ['day', 1, 31] },
  { layout: 'T', pattern: /T/y },
  { layout: '15', pattern: /\d{2}/y, range: ['hour', 0, 23] },
  { layout: ':', pattern: /:/y },
  { layout: '04', pattern: /\d{2}/y, range: ['minute', 0, 59] },
  { layout: ':', pattern: /:/y },
  { layout: '05', pattern: /\d{2}(?:\.\d+)?/y, range: ['second', 0, 59] },
  { layout: 'Z07:00', pattern: /Z|[+-]\d{2}:\d{2}/y },
] as const;

/**
 * Reads an instant in RFC 3339 and keeps its zone offset; digits beyond nanoseconds are dropped.
 * @throws TimestampError with Go's text
 */
export function parseRfc3339(text: string): Timestamp {
  const [year, , month, , day, , hour, , minute, , second = '', zone = 'Z'] = partsOf(text);
  const offsetMinutes = offsetOf(zone);
  const [wholeSeconds, fraction = ''] = second.split('.');
  const millis = Date.UTC(0, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(wholeSeconds));
  const date = new Date(millis);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCDate() !== Number(day)) throw refusal(text, ': day out of range');
  const nanos = BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return {
    unixNanos: BigInt(date.getTime()) * 1_000_000n + nanos - BigInt(offsetMinutes) * NANOS_PER_MINUTE,
    offsetMinutes,
  };
}

function partsOf(text: string): readonly string[] {
  let position = 0;
  const found = PARTS.map((part) => {
    part.pattern.lastIndex = position;
    const match = part.pattern.exec(text)?.[0];
    if (match === undefined) {
      throw refusal(text, `: cannot parse ${quote(text.slice(position))} as ${quote(part.layout)}`, true);
    }
    position += match.length;
    if ('range' in part) {
      const [name, minimum, maximum] = part.range;
      const value = Number.parseInt(match, 10);
      if (value < minimum || value > maximum) throw refusal(text, `: ${name} out of range`);
    }
    return match;
  });
  if (position < text.length) throw refusal(text, `: extra text: ${quote(text.slice(position))}`);
  return found;
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** RFC 3339 as Go prints it: up to nine fraction digits, trailing zeros cut, `Z` for UTC, else the offset (dossier 4.11). */
export function formatRfc3339(timestamp: Timestamp): string {
  const { date, time, fraction, sign, offsetHours, offsetMinutes } = wallTimeOf(timestamp);
  const zone = timestamp.offsetMinutes === 0 ? 'Z' : `${sign}${offsetHours}:${offsetMinutes}`;
  return `${date}T${time}${fraction}${zone}`;
}

const quote = (text: string): string => JSON.stringify(text);

const refusal = (text: string, why: string, namesLayout = false) =>
  new TimestampError(`parsing time ${quote(text)}${namesLayout ? ` as ${quote(LAYOUT)}` : ''}${why}`);
