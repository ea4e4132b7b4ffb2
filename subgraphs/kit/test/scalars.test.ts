import { scalars } from '@pentagraph/kit';
import { describe, expect, it } from 'vitest';

const { DateTime, SafeInt } = scalars;

describe('DateTime', () => {
  it.each([
    ['a Date', new Date('2026-01-01T00:00:00.5Z'), '2026-01-01T00:00:00.500Z'],
    ['text of another zone', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00.000Z'],
    ['milliseconds', 5, '1970-01-01T00:00:00.005Z'],
  ])('writes %s as text in UTC with milliseconds', (_, value, text) => {
    expect(DateTime.serialize(value)).toBe(text);
  });

  it('reads an instant', () => {
    expect(DateTime.parseValue('2026-01-01T02:00:00.123+02:00')).toEqual(new Date('2026-01-01T00:00:00.123Z'));
  });

  it.each(['2026-02-30T00:00:00Z', '2026-01-01', 'now', 5, null])('refuses to read %j', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow('DateTime cannot represent');
  });

  it('bears the name that the schemas declare', () => {
    expect(DateTime.name).toBe('DateTime');
  });

  it('refuses to write a Date that is none', () => {
    expect(() => DateTime.serialize(new Date(Number.NaN))).toThrow('DateTime cannot represent');
  });
});

describe('SafeInt', () => {
  it.each([
    [7, 7],
    [-(2 ** 53) + 1, -9_007_199_254_740_991],
    [7n, 7],
    [2n ** 53n - 1n, 9_007_199_254_740_991],
  ])('writes %s', (value, number) => {
    expect(SafeInt.serialize(value)).toBe(number);
  });

  it.each([2 ** 53, 2n ** 53n, -(2n ** 64n), 1.5, 'x'])('refuses to write %s, which would lose digits', (value) => {
    expect(() => SafeInt.serialize(value)).toThrow('SafeInt cannot represent');
  });

  it.each([1.5, '7', 2 ** 53])('refuses to read %j', (value) => {
    expect(() => SafeInt.parseValue(value)).toThrow('SafeInt cannot represent');
  });
});
