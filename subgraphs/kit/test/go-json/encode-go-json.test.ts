import {
  compactGoJson,
  encodeGoJson,
  type GoEncodable,
  GoJsonError,
  indentGoJson,
  parseGoJson,
  RawJson,
} from '@pentagraph/kit/go-json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const plain = { escapeHtml: false } as const;

describe('encodeGoJson', () => {
  it.each<[string, GoEncodable, string]>([
    ['null and undefined', [null, undefined], '[null,null]'],
    ['exact integers', 18446744073709551615n, '18446744073709551615'],
    ['a struct in the order of its fields', { b: 1n, a: 'x', gone: undefined }, '{"b":1,"a":"x"}'],
    [
      'a map by the bytes of its keys',
      new Map([
        ['b', 1n],
        ['B', 2n],
        ['a', 3n],
      ]),
      '{"B":2,"a":3,"b":1}',
    ],
    [
      'keys beyond the BMP after all others',
      new Map([
        ['😀', 1n],
        ['\uffee', 2n],
      ]),
      '{"\uffee":2,"😀":1}',
    ],
    ['empty composites', [[], {}, new Map()], '[[],{},{}]'],
    ['nesting', { a: [{ b: new Map([['c', [true, false]]]) }] }, '{"a":[{"b":{"c":[true,false]}}]}'],
    ['raw JSON compacted', [new RawJson(' { "a b" : [ 1 , 2.50 ] } ')], '[{"a b":[1,2.50]}]'],
  ])('writes %s', (_, value, text) => {
    expect(encodeGoJson(value, plain)).toBe(text);
  });

  it.each([
    [5, '5'],
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
    [-2.5, '-2.5'],
    [-0, '-0'],
    [5e-324, '5e-324'],
  ])('writes the float %d as %s', (value, text) => {
    expect(encodeGoJson(value, plain)).toBe(text);
  });

  it.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ])('refuses %d', (value, name) => {
    expect(() => encodeGoJson([value], plain)).toThrow(new GoJsonError(`json: unsupported value: ${name}`));
  });

  it.each([
    [true, String.raw`"a\u003cb\u003e\u0026c"`],
    ['angle-brackets', String.raw`"a\u003cb\u003e&c"`],
    [false, '"a<b>&c"'],
  ] as const)('escapes HTML: %s', (escapeHtml, text) => {
    expect(encodeGoJson('a<b>&c', { escapeHtml })).toBe(text);
    expect(encodeGoJson(new RawJson('"a<b>&c"'), { escapeHtml })).toBe(text);
    expect(encodeGoJson(new Map([['a<b>&c', 1n]]), { escapeHtml })).toBe(`{${text}:1}`);
  });

  it('escapes control characters, line separators and lone surrogates as Go does', () => {
    expect(encodeGoJson('"\\/\n\r\t\b\f\u0000\u001f\u007f', plain)).toBe(
      '"\\"\\\\/\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\u007f"',
    );
    expect(encodeGoJson('\u2028\u2029\ud800é😀\ufffd', plain)).toBe('"\\u2028\\u2029\\ufffdé😀\ufffd"');
  });

  it('writes what JSON.stringify writes, for ordinary values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        const again = encodeGoJson(parseGoJson(text), plain);
        expect(JSON.parse(again)).toStrictEqual(JSON.parse(text));
        expect(encodeGoJson(parseGoJson(again), plain)).toBe(again);
      }),
      { numRuns: 1000 },
    );
  });

  it('writes every double that it reads back', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        expect(Number(encodeGoJson(value, plain))).toBe(value);
      }),
    );
  });

  it('writes ten thousand levels', () => {
    const text = '{"a":['.repeat(5_000) + ']}'.repeat(5_000);
    expect(encodeGoJson(parseGoJson(text), plain)).toBe(text);
  });
});

describe('indentGoJson', () => {
  it.each([
    ['{}', '{}'],
    ['[]', '[]'],
    ['"a{,}:b"', '"a{,}:b"'],
    ['{"a":[],"b":{},"c":[1,"x"]}', '{\n  "a": [],\n  "b": {},\n  "c": [\n    1,\n    "x"\n  ]\n}'],
    ['["\\"[\\\\",{"a":null}]', '[\n  "\\"[\\\\",\n  {\n    "a": null\n  }\n]'],
    ['[[]]', '[\n  []\n]'],
  ])('lays out %s', (compact, indented) => {
    expect(indentGoJson(compact, '  ')).toBe(indented);
  });

  it('differs from JSON.stringify in nothing, and compacting undoes it', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('  ', '\t', ' '), (text, indent) => {
        const compact = compactGoJson(text);
        const indented = indentGoJson(compact, indent);
        expect(JSON.parse(indented)).toStrictEqual(JSON.parse(text));
        expect(compactGoJson(indented)).toBe(compact);
        expect(indentGoJson(JSON.stringify(JSON.parse(text)), indent)).toBe(
          JSON.stringify(JSON.parse(text), null, indent),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('takes strings of megabytes', () => {
    const text = JSON.stringify(['x'.repeat(8_000_000), '\n'.repeat(1_000_000)]);
    expect(compactGoJson(indentGoJson(text, ' '))).toBe(text);
  });
});
