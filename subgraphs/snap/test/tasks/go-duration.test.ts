import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGoDuration, parseGoDuration } from '../../src/tasks/go-duration.ts';

describe('durations in Go notation', () => {
  test.each([
    ['60s', '1m0s'],
    ['1500ms', '1.5s'],
    ['3600s', '1h0m0s'],
    ['0.5s', '500ms'],
    ['300ms', '300ms'],
    ['1.5h', '1h30m0s'],
    ['2h45m', '2h45m0s'],
    ['-1.5h', '-1h30m0s'],
    ['1h15m30.918s', '1h15m30.918s'],
    ['1us', '1µs'],
    ['1µs', '1µs'],
    ['1.5μs', '1.5µs'],
    ['7ns', '7ns'],
    ['.5s', '500ms'],
    ['5.s', '5s'],
    ['+5s', '5s'],
    ['0', '0s'],
    ['-0', '0s'],
    ['0s', '0s'],
    ['100000h', '100000h0m0s'],
    ['2562047h47m16.854775807s', '2562047h47m16.854775807s'],
  ])('%s is %s', (text, normal) => {
    expect(formatGoDuration(parseGoDuration(text))).toBe(normal);
  });

  test.each([
    ['10', 'time: missing unit in duration "10"'],
    ['1.5', 'time: missing unit in duration "1.5"'],
    ['1h30', 'time: missing unit in duration "1h30"'],
    ['abc', 'time: invalid duration "abc"'],
    ['', 'time: invalid duration ""'],
    ['-', 'time: invalid duration "-"'],
    ['.', 'time: invalid duration "."'],
    ['.s', 'time: invalid duration ".s"'],
    ['1..5s', 'time: missing unit in duration "1..5s"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['1s ', 'time: unknown unit "s " in duration "1s "'],
    ['3000000h', 'time: invalid duration "3000000h"'],
  ])('%j is refused', (text, message) => {
    expect(() => parseGoDuration(text)).toThrow(expect.objectContaining({ name: 'GoDurationError', message }));
  });

  test('the normal form means the same duration', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }), (nanos) => {
        expect(parseGoDuration(formatGoDuration(nanos))).toBe(nanos);
      }),
    );
  });

  test('any text is read or refused with a text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[0-9.hmsnuµ ]*$/)), (text) => {
        try {
          expect(typeof parseGoDuration(text)).toBe('bigint');
        } catch (error) {
          expect(error).toMatchObject({ name: 'GoDurationError' });
        }
      }),
    );
  });
});
