import { expect, test } from 'vitest';
import { atoi, graphVersion, isTrue } from '../../src/snap/go-numbers.ts';

test.each([
  ['7', 7n],
  ['-1', -1n],
  ['+3', 3n],
  ['007', 7n],
  ['9223372036854775807', 2n ** 63n - 1n],
])('%s is %s', (text, number) => {
  expect(atoi(text)).toBe(number);
});

test.each([
  ['x', 'strconv.Atoi: parsing "x": invalid syntax'],
  ['', 'strconv.Atoi: parsing "": invalid syntax'],
  ['1.5', 'strconv.Atoi: parsing "1.5": invalid syntax'],
  ['a"b', 'strconv.Atoi: parsing "a\\"b": invalid syntax'],
  ['\u0001', 'strconv.Atoi: parsing "\\x01": invalid syntax'],
  ['9223372036854775808', 'strconv.Atoi: parsing "9223372036854775808": value out of range'],
])('%j is refused', (text, message) => {
  expect(() => atoi(text)).toThrow(message);
});

test('a version beyond 32 bits stays beyond all versions', () => {
  expect(graphVersion(2n ** 40n)).toBe(2 ** 31 - 1);
  expect(graphVersion(-(2n ** 40n))).toBe(-(2 ** 31));
  expect(graphVersion(3n)).toBe(3);
});

test('flags are read as Go reads them, anything else is false', () => {
  expect(['1', 't', 'true', 'TRUE'].every(isTrue)).toBe(true);
  expect(['0', 'no', 'yes', '', 'tRuE', undefined].some(isTrue)).toBe(false);
});
