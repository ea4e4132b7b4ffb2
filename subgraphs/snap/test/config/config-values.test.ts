import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  configValuesFromInput,
  configValuesFromJson,
  configValuesFromObject,
  configValuesToJson,
  configValuesToObject,
  configValuesToStorage,
} from '../../src/config/config-values.ts';

describe('configuration as JSON (golden group config)', () => {
  it('tells integers from floats and prints them as the original does', () => {
    const values = configValuesFromJson('{"i":5,"f":2.5,"b":true,"s":"x","big":12345678901234567890,"e":1e3,"fz":5.0}');
    expect(values).toEqual({ i: 5n, f: 2.5, b: true, s: 'x', big: 12345678901234567890n, e: 1000, fz: 5 });
    expect(configValuesToJson(values)).toBe(
      '{"b":true,"big":12345678901234567890,"e":1000,"f":2.5,"fz":5,"i":5,"s":"x"}',
    );
  });

  it.each([
    ['{"o":{"a":1}}', 'Error Unmarshalling JSON ConfigDataNode. Key: o Type: map[a:1] is unsupported.'],
    ['{"o":[1]}', 'Error Unmarshalling JSON ConfigDataNode. Key: o Type: [1] is unsupported.'],
    ['{"o":null}', 'Error Unmarshalling JSON ConfigDataNode. Key: o Type: <nil> is unsupported.'],
    ['[1]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
    ['"x"', 'json: cannot unmarshal string into Go value of type map[string]interface {}'],
    ['', 'unexpected end of JSON input'],
    ['{bad', "invalid character 'b' looking for beginning of object key string"],
  ])('%s is refused', (json, message) => {
    expect(() => configValuesFromJson(json)).toThrow(expect.objectContaining({ code: 'SNAP_CONFIG_INVALID', message }));
  });

  it('is empty for null, as in Go', () => {
    expect(configValuesFromJson('null')).toEqual({});
  });

  it('does not lose the key __proto__', () => {
    expect(configValuesToJson(configValuesFromJson('{"__proto__":"x"}'))).toBe('{"__proto__":"x"}');
  });
});

describe('configuration as an object', () => {
  it('has integers where numbers have no fraction', () => {
    expect(configValuesFromObject({ i: 5, f: 2.5, huge: 1e300, b: false, s: '' })).toEqual({
      i: 5n,
      f: 2.5,
      huge: 1e300,
      b: false,
      s: '',
    });
  });

  it.each([
    [{ o: { a: [1, null] } }, 'map[a:[1 <nil>]]'],
    [{ o: undefined }, '<nil>'],
  ])('%j is refused', (values, shown) => {
    expect(() => configValuesFromObject(values)).toThrow(`Key: o Type: ${shown} is unsupported.`);
  });

  it('shows integers as numbers', () => {
    expect(configValuesToObject({ i: 5n, s: 'x' })).toEqual({ i: 5, s: 'x' });
  });
});

it.each([{}, { values: {}, json: '{}' }])('takes exactly one form, not %j', (input) => {
  expect(() => configValuesFromInput(input)).toThrow('Give exactly one of values and json.');
});

it('comes back from storage with the same values and types', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.boolean(),
    fc.bigInt(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), value, { noNullPrototype: true }), (values) => {
      expect(configValuesFromJson(configValuesToStorage(values))).toEqual(values);
    }),
  );
});
