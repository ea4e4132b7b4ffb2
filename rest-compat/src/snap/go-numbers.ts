import { refuseRequest } from '../engine/failure.ts';

const DECIMAL = /^[+-]?[0-9]+$/;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
const INT32_MAX = 2n ** 31n - 1n;
const INT32_MIN = -(2n ** 31n);

type Parsed = { readonly number: bigint } | { readonly problem: 'invalid syntax' | 'value out of range' };

function parse(text: string): Parsed {
  if (!DECIMAL.test(text)) return { problem: 'invalid syntax' };
  const number = BigInt(text.replace(/^\+/, ''));
  return number > INT64_MAX || number < INT64_MIN ? { problem: 'value out of range' } : { number };
}

/**
 * A whole number as Go's `strconv.Atoi` reads it.
 * @throws RequestRefused 400 with Go's error text.
 */
export function atoi(text: string): bigint {
  const parsed = parse(text);
  if ('number' in parsed) return parsed.number;
  throw refuseRequest(400, `strconv.Atoi: parsing ${quote(text)}: ${parsed.problem}`);
}

/** As {@link atoi}; undefined for what that refuses. */
export function atoiOrNothing(text: string): bigint | undefined {
  const parsed = parse(text);
  return 'number' in parsed ? parsed.number : undefined;
}

/** A version for the graph, whose Int has 32 bits: what lies beyond names no plugin either way. */
export const graphVersion = (version: bigint): number =>
  Number(version > INT32_MAX ? INT32_MAX : version < INT32_MIN ? INT32_MIN : version);

const TRUTHS: ReadonlySet<string> = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);

/** A flag as Go's `strconv.ParseBool` reads it; what it refuses counts as false. */
export const isTrue = (text: string | undefined): boolean => text !== undefined && TRUTHS.has(text);

/** Go's `strconv.Quote` for what can stand in a URL. */
const quote = (text: string): string => JSON.stringify(text).replace(/\\u00([01][0-9a-f])/g, '\\x$1');
