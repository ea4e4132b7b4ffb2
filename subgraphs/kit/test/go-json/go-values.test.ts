import {
  describeGoType,
  formatGoFloat,
  formatGoValue,
  goJsonOf,
  parseGoJson,
  shortestFloat32,
  unmarshalError,
} from '@pentagraph/kit/go-json';
import { describe, expect, it, test } from 'vitest';

describe('describeGoType', () => {
  it.each([
    ['"x"', 'string'],
    ['1', 'number'],
    ['1.5', 'number'],
    ['true', 'bool'],
    ['[]', 'array'],
    ['{}', 'object'],
    ['null', 'null'],
  ])('names %s %s', (text, kind) => {
    expect(describeGoType(parseGoJson(text))).toBe(kind);
  });
});

describe('unmarshalError', () => {
  it.each([
    // Recorded from the original servers.
    ['[1]', 'map[string]interface {}', 'array'],
    ['{"a":1}', '[]string', 'object'],
    ['"x"', 'map[string]json.RawMessage', 'string'],
    ['"yes"', 'bool', 'string'],
    // Go tells the literal of a number only where a number was wanted.
    ['1.5', 'int', 'number 1.5'],
    ['2.0', 'int', 'number 2.0'],
    ['300', 'uint8', 'number 300'],
    ['-1', 'uint64', 'number -1'],
    ['1', 'string', 'number'],
    ['1', '[]int', 'number'],
    ['true', 'int', 'bool'],
  ])('%s into %s', (text, goType, what) => {
    expect(unmarshalError(parseGoJson(text), goType).message).toBe(
      `json: cannot unmarshal ${what} into Go value of type ${goType}`,
    );
  });
});

describe('formatGoValue', () => {
  it.each([
    // Recorded from the original servers.
    ['{"a":1}', 'map[a:1]'],
    ['{"b":1}', 'map[b:1]'],
    ['null', '<nil>'],
    // Go's %v.
    ['[1]', '[1]'],
    ['[]', '[]'],
    ['{}', 'map[]'],
    ['"x y"', 'x y'],
    ['true', 'true'],
    ['{"b":[1,null,"x"],"a":{"d":false,"c":2.5}}', 'map[a:map[c:2.5 d:false] b:[1 <nil> x]]'],
    ['12345678', '1.2345678e+07'],
  ])('prints %s as %s', (text, printed) => {
    expect(formatGoValue(parseGoJson(text))).toBe(printed);
  });

  it.each([
    [0, '0'],
    [-0, '-0'],
    [100000, '100000'],
    [999999.5, '999999.5'],
    [1000000, '1e+06'],
    [123456789, '1.23456789e+08'],
    [1e21, '1e+21'],
    [1e100, '1e+100'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-1.5e-7, '-1.5e-07'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
  ])('prints the float %d as %s', (value, printed) => {
    expect(formatGoFloat(value)).toBe(printed);
  });
});

describe('shortestFloat32', () => {
  it.each([
    [0.1, 0.1],
    [16_777_217, 16_777_216],
    [107.770584, 107.770584],
    [1009.49805, 1009.49805],
    [3.4028235e38, 3.4028235e38],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ])('shows the float32 of %f as %f', (value, shown) => {
    expect(shortestFloat32(Math.fround(value))).toBe(shown);
  });
});

test('a plain value is converted through and through, its whole numbers to integers', () => {
  const converted = new Map([['kept', 1n]]);
  expect(goJsonOf({ a: [1, 1.5, 2 ** 53, null], b: { c: true, d: undefined }, e: converted })).toEqual(
    new Map<string, unknown>([
      ['a', [1n, 1.5, 2 ** 53, null]],
      ['b', new Map([['c', true]])],
      ['e', converted],
    ]),
  );
});
