import { GoJsonError } from './go-json-error.ts';
import type { GoJsonValue } from './go-json-value.ts';

/** A JSON value's kind in Go's error texts. */
export type GoJsonKind = 'string' | 'number' | 'bool' | 'array' | 'object' | 'null';

/** The kind of a value as Go's `json: cannot unmarshal <kind> into ...` names it. */
export function describeGoType(value: GoJsonValue): GoJsonKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Map) return 'object';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    default:
      return 'number';
  }
}

const NUMERIC_GO_TYPE = /^(u?int(8|16|32|64)?|uintptr|float(32|64))$/;

/**
 * Go's refusal to put a JSON value into a Go type: of a number that a numeric type cannot hold it tells the literal,
 * otherwise only the kind. A fraction of `.0` stands for every integral literal with a point or an exponent, since
 * the parser does not keep how it was written.
 * @param goType as Go prints it, e.g. `int`, `[]string`, `map[string]interface {}`
 */
export function unmarshalError(value: GoJsonValue, goType: string): GoJsonError {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const what = isNumber && NUMERIC_GO_TYPE.test(goType) ? `number ${literalOf(value)}` : describeGoType(value);
  return new GoJsonError(`json: cannot unmarshal ${what} into Go value of type ${goType}`);
}

function literalOf(value: number | bigint): string {
  const literal = String(value);
  return typeof value === 'bigint' || /[.e]/.test(literal) ? literal : `${literal}.0`;
}
