import { describe, expect, it } from 'vitest';
import { defaultsOf, flag, integer, listOf, oneOf, optionalSetting, setting, text } from '../src/settings.ts';

const cases = [
  ['text', text, 'a b', 'a b'],
  ['text', text, '  ', undefined],
  ['text', text, 7, undefined],
  ['integer', integer(1, 9), '9', 9],
  ['integer', integer(1, 9), 1, 1],
  ['integer', integer(1, 9), 0, undefined],
  ['integer', integer(1, 9), '10', undefined],
  ['integer', integer(1, 9), 1.5, undefined],
  ['integer', integer(1, 9), '', undefined],
  ['integer', integer(1, 9), '0x5', undefined],
  ['integer', integer(0), '99999999999999999999', undefined],
  ['flag', flag, true, true],
  ['flag', flag, 'false', false],
  ['flag', flag, 'yes', undefined],
  ['flag', flag, 'constructor', undefined],
  ['oneOf', oneOf('red', 'green'), 'green', 'green'],
  ['oneOf', oneOf('red', 'green'), 'Green', undefined],
  ['listOf', listOf(integer(0, 9)), '1, 2', [1, 2]],
  ['listOf', listOf(integer(0, 9)), [1, '2'], [1, 2]],
  ['listOf', listOf(integer(0, 9)), 'none', []],
  ['listOf', listOf(integer(0, 9)), [], []],
  ['listOf', listOf(integer(0, 9)), '', undefined],
  ['listOf', listOf(integer(0, 9)), '1,x', undefined],
  ['listOf', listOf(integer(0, 9)), { a: 1 }, undefined],
] as const;

describe('setting kinds', () => {
  it.each(cases)('%s, case %#', (_name, kind, given, value) => {
    expect(kind.read(given)).toEqual(value);
  });

  it('say what is allowed', () => {
    expect(
      [text, integer(1), integer(1, 2), flag, oneOf('a', 'b'), listOf(text)].map(({ allowed }) => allowed),
    ).toEqual([
      'text',
      'a whole number from 1 upwards',
      'a whole number from 1 to 2',
      'true or false',
      'a, b',
      'none, or a comma-separated list, each text',
    ]);
  });
});

it('a table has the values of its defaults', () => {
  const table = {
    port: setting(integer(0, 65_535), { default: 80, description: 'Port.', example: '81' }),
    name: optionalSetting(text, { unset: 'no name', description: 'Name.', example: 'x' }),
  };
  expect(defaultsOf(table)).toEqual({ port: 80, name: undefined });
});
