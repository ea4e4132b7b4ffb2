/** What Go's `time.ParseDuration` refuses, with Go's own text as the message. */
export class GoDurationError extends Error {
  override readonly name = 'GoDurationError';
}

const NANOS_PER_UNIT: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

/** A Go duration is a signed 64-bit count of nanoseconds. */
const MAX_NANOS = 2n ** 63n - 1n;

const PART = /([0-9]*)(?:\.([0-9]*))?([^.0-9]*)/y;

/**
 * Reads a duration in Go notation: `300ms`, `1.5h`, `-2h45m`.
 * @returns nanoseconds
 * @throws GoDurationError with Go's text
 */
export function parseGoDuration(text: string): bigint {
  const [, sign, magnitude = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (magnitude === '0') return 0n;
  if (magnitude === '') throw invalid(text);
  let nanos = 0n;
  PART.lastIndex = 0;
  while (PART.lastIndex < magnitude.length) nanos += nextPart(magnitude, text);
  const limit = sign === '-' ? MAX_NANOS + 1n : MAX_NANOS;
  if (nanos > limit) throw invalid(text);
  return sign === '-' ? -nanos : nanos;
}

function nextPart(magnitude: string, text: string): bigint {
  const [, whole = '', fraction = '', unit = ''] = PART.exec(magnitude) ?? [];
  if (whole === '' && fraction === '') throw invalid(text);
  if (unit === '') throw new GoDurationError(`time: missing unit in duration ${quote(text)}`);
  const scale = NANOS_PER_UNIT.get(unit);
  if (scale === undefined) throw new GoDurationError(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
  return BigInt(whole || '0') * scale + (BigInt(fraction || '0') * scale) / 10n ** BigInt(fraction.length);
}

const quote = (text: string): string => JSON.stringify(text);

const invalid = (text: string) => new GoDurationError(`time: invalid duration ${quote(text)}`);

const BELOW_A_SECOND = [
  { below: 1_000n, unit: 'ns', nanos: 1n },
  { below: 1_000_000n, unit: 'µs', nanos: 1_000n },
  { below: 1_000_000_000n, unit: 'ms', nanos: 1_000_000n },
] as const;

const SECOND = 1_000_000_000n;

/** The normal form of a duration, as Go prints it: `1m0s`, `1.5s`, `500ms`, `0s`. */
export function formatGoDuration(nanos: bigint): string {
  if (nanos === 0n) return '0s';
  if (nanos < 0n) return `-${formatGoDuration(-nanos)}`;
  const small = BELOW_A_SECOND.find(({ below }) => nanos < below);
  if (small) return `${decimal(nanos, small.nanos)}${small.unit}`;
  const seconds = `${decimal(nanos % (60n * SECOND), SECOND)}s`;
  const minutes = nanos / (60n * SECOND);
  if (minutes === 0n) return seconds;
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** `nanos` in units of `scale`, without trailing zeros. */
function decimal(nanos: bigint, scale: bigint): string {
  const digits = String(scale).length - 1;
  const fraction =
    digits === 0
      ? ''
      : String(nanos % scale)
          .padStart(digits, '0')
          .replace(/0+$/, '');
  return fraction === '' ? `${nanos / scale}` : `${nanos / scale}.${fraction}`;
}
