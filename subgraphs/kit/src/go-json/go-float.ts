import { GoJsonError } from './go-json-error.ts';

/** A float64 as Go's `%v`: the shortest digits, with an exponent of at least two digits below 1e-4 and from 1e+06 on. */
export function formatGoFloat(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/**
 * A float64 as Go's encoding/json writes it, which is ECMAScript's way but for the negative zero.
 * @throws GoJsonError for NaN and the infinities, which JSON cannot say.
 */
export function encodeGoFloat(value: number): string {
  if (!Number.isFinite(value)) throw new GoJsonError(`json: unsupported value: ${nonFinite(value)}`);
  return Object.is(value, -0) ? '-0' : String(value);
}

/** As many digits tell any float32 from all others. */
const FLOAT32_DIGITS = 9;

/** The float64 with the fewest digits that is the same float32: Go prints 0.1, not 0.10000000149011612. */
export function shortestFloat32(value: number): number {
  if (!Number.isFinite(value)) return value;
  for (let digits = 1; digits < FLOAT32_DIGITS; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === Math.fround(value)) return shorter;
  }
  return Number(value.toPrecision(FLOAT32_DIGITS));
}

const nonFinite = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf');
