import type { GoJsonValue } from './go-json-value.ts';

/**
 * The document that a plain value stands for, as GraphQL variables and `JSON.parse` carry it: whole numbers are integers,
 * members that are `undefined` are left out. A value that is converted already stays.
 */
export function goJsonOf(value: unknown): GoJsonValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (Array.isArray(value)) return value.map(goJsonOf);
  if (value instanceof Map) return value;
  if (typeof value !== 'object' || value === null) return null;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return new Map(members.map(([key, member]) => [key, goJsonOf(member)]));
}
