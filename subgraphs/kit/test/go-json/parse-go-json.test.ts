import { GoJsonError, type GoJsonValue, parseGoJson } from '@pentagraph/kit/go-json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('parseGoJson', () => {
  it.each<[string, GoJsonValue]>([
    ['null', null],
    [' true ', true],
    ['false', false],
    ['"x"', 'x'],
    ['0', 0n],
    ['-0', 0n],
    ['18446744073709551615', 18446744073709551615n],
    ['-9223372036854775808', -9223372036854775808n],
    ['5.0', 5],
    ['-0.0', -0],
    ['1e3', 1000],
    ['1E+3', 1000],
    ['25e-1', 2.5],
    ['[]', []],
    ['{}', new Map()],
    ['\r\n\t [ 1 , [ ] , { } ]', [1n, [], new Map()]],
    [
      '{"b":1,"a":[true,null]}',
      new Map<string, GoJsonValue>([
        ['b', 1n],
        ['a', [true, null]],
      ]),
    ],
    ['{"__proto__":1}', new Map([['__proto__', 1n]])],
    ['{"":1}', new Map([['', 1n]])],
  ])('reads %s', (text, value) => {
    expect(parseGoJson(text)).toStrictEqual(value);
  });

  it('keeps the last of duplicate keys', () => {
    expect(parseGoJson('{"a":1,"b":2,"a":3}')).toStrictEqual(
      new Map([
        ['a', 3n],
        ['b', 2n],
      ]),
    );
  });

  it.each([
    ['every short escape', String.raw`"\"\\\/\b\f\n\r\t"`, '"\\/\b\f\n\r\t'],
    ['a surrogate pair in escapes', String.raw`"\ud83d\ude00"`, '😀'],
    ['a lone high surrogate', String.raw`"\ud83dx"`, '\ufffdx'],
    ['a lone low surrogate', String.raw`"\ude00\ud83d"`, '\ufffd\ufffd'],
    ['surrogates that are not text', '"\ud83d"', '\ufffd'],
    ['DEL and line separators as they are', '"\u007f\u2028"', '\u007f\u2028'],
  ])('reads strings: %s', (_, text, value) => {
    expect(parseGoJson(text)).toBe(value);
  });

  it.each([
    // Recorded from the original servers.
    ['', 'unexpected end of JSON input'],
    ['{bad', "invalid character 'b' looking for beginning of object key string"],
    ['abc', "invalid character 'a' looking for beginning of value"],
    ['not json', "invalid character 'o' in literal null (expecting 'u')"],
    // Go's scanner, state by state.
    ['  ', 'unexpected end of JSON input'],
    ['{', 'unexpected end of JSON input'],
    ['{"a"', 'unexpected end of JSON input'],
    ['{"a":', 'unexpected end of JSON input'],
    ['{"a":1', 'unexpected end of JSON input'],
    ['{"a":1,', 'unexpected end of JSON input'],
    ['[', 'unexpected end of JSON input'],
    ['[1', 'unexpected end of JSON input'],
    ['[1,', 'unexpected end of JSON input'],
    ['"x', 'unexpected end of JSON input'],
    ['{,}', "invalid character ',' looking for beginning of object key string"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{1:1}', "invalid character '1' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', `invalid character '"' after object key:value pair`],
    ['{"a":1]', "invalid character ']' after object key:value pair"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[1}', "invalid character '}' after array element"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['truex', "invalid character 'x' after top-level value"],
    ['[truex]', "invalid character 'x' after array element"],
    ['01', "invalid character '1' after top-level value"],
    ['"a\nb"', String.raw`invalid character '\n' in string literal`],
    ['"a\u0000"', String.raw`invalid character '\x00' in string literal`],
    [String.raw`"\q"`, "invalid character 'q' in string escape code"],
    [String.raw`"\'"`, String.raw`invalid character '\'' in string escape code`],
    ['"\\', "invalid character ' ' in string escape code"],
    [String.raw`"\u12g4"`, String.raw`invalid character 'g' in \u hexadecimal character escape`],
    [String.raw`"\u12"`, String.raw`invalid character '"' in \u hexadecimal character escape`],
    ['-', "invalid character ' ' in numeric literal"],
    ['-a', "invalid character 'a' in numeric literal"],
    ['1.', "invalid character ' ' after decimal point in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1e+', "invalid character ' ' in exponent of numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['tru', "invalid character ' ' in literal true (expecting 'e')"],
    ['txue', "invalid character 'x' in literal true (expecting 'r')"],
    ['faLse', "invalid character 'L' in literal false (expecting 'l')"],
    ['nulL', "invalid character 'L' in literal null (expecting 'l')"],
    ["'a'", String.raw`invalid character '\'' looking for beginning of value`],
    ['\\', String.raw`invalid character '\\' looking for beginning of value`],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ['\ufeff{}', "invalid character 'ï' looking for beginning of value"],
    ['\u0080', "invalid character 'Â' looking for beginning of value"],
    ['\u007f', String.raw`invalid character '\x7f' looking for beginning of value`],
    ['\v', String.raw`invalid character '\v' looking for beginning of value`],
    ['1e999', 'json: cannot unmarshal number 1e999 into Go value of type float64'],
    ['9'.repeat(400), `json: cannot unmarshal number ${'9'.repeat(400)} into Go value of type float64`],
    ['[1e999,]', "invalid character ']' looking for beginning of value"],
  ])('refuses %j as Go does', (text, message) => {
    expect(() => parseGoJson(text)).toThrow(new GoJsonError(message));
  });

  it('allows 10000 levels and refuses one more', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseGoJson(nested(10_000))).toHaveLength(1);
    expect(() => parseGoJson(nested(10_001))).toThrow("invalid character '[' exceeded max depth");
    expect(() => parseGoJson('{"a":'.repeat(1_000_000))).toThrow("invalid character '{' exceeded max depth");
  });

  it('reads strings of megabytes, and numbers as long as Go has any', () => {
    expect(parseGoJson(`"${'x'.repeat(8_000_000)}"`)).toHaveLength(8_000_000);
    expect(parseGoJson(`"${'\\n'.repeat(1_000_000)}"`)).toHaveLength(1_000_000);
    expect(parseGoJson('9'.repeat(300))).toBe(10n ** 300n - 1n);
    expect(() => parseGoJson('9'.repeat(1_000_000))).toThrow(GoJsonError);
  });

  it('accepts exactly what JSON.parse accepts, and throws nothing but GoJsonError', () => {
    const jsonish = fc.string({ unit: fc.constantFrom(...'{}[]":,\\0123456789.-+eEtruefalsn u\n\ud800é') });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), jsonish, mutatedJson()), (text) => {
        const refusal = refusalOf(() => parseGoJson(text));
        if (refusalOf(() => JSON.parse(text))) expect(refusal).toBeInstanceOf(GoJsonError);
        else expect(refusal?.message ?? 'float64').toContain('float64');
      }),
      { numRuns: 3000 },
    );
  });
});

/** A valid document with one character replaced. */
function mutatedJson(): fc.Arbitrary<string> {
  return fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[]":,\\0-.e tx')).map(([text, at, character]) => {
    const index = at % text.length;
    return text.slice(0, index) + character + text.slice(index + 1);
  });
}

function refusalOf(parse: () => unknown): Error | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
