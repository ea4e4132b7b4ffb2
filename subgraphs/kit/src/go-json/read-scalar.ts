import { GoJsonError } from './go-json-error.ts';
import type { GoJsonValue } from './go-json-value.ts';
import type { TextScanner } from './text-scanner.ts';

const DIGITS = /[0-9]+/y;
/** Everything but quote, backslash and the control characters. */
const PLAIN_CHARACTERS = /[ !#-[\]-\uffff]+/y;
const HEX_DIGITS = /[0-9a-fA-F]{1,4}/y;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** No integer of Go has nearly as many digits; those beyond float64 are refused, like any other number. */
const MAX_INTEGER_LENGTH = 300;

const LITERALS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Text as Go holds it: what is no valid Unicode became U+FFFD. */
export const wellFormed = (text: string): string => text.replace(LONE_SURROGATES, '\ufffd');

/** Reads a string, number or literal at the scanner's position. */
export function readScalar(scanner: TextScanner): GoJsonValue {
  if (scanner.current === '"') return readString(scanner);
  if (/^[-0-9]/.test(scanner.current)) return readNumber(scanner);
  for (const [word, value] of LITERALS) {
    if (scanner.current === word[0]) return readLiteral(scanner, word, value);
  }
  throw scanner.unexpected('looking for beginning of value');
}

/** Reads a string whose opening quote stands at the position. */
export function readString(scanner: TextScanner): string {
  scanner.take('"');
  let value = '';
  let hasUnicodeEscapes = false;
  for (;;) {
    value += scanner.takeRun(PLAIN_CHARACTERS);
    if (scanner.take('"')) return hasUnicodeEscapes ? wellFormed(value) : value;
    if (!scanner.take('\\')) throw scanner.unexpected('in string literal');
    if (scanner.take('u')) {
      value += readUnicodeEscape(scanner);
      hasUnicodeEscapes = true;
    } else {
      value += readSimpleEscape(scanner);
    }
  }
}

function readSimpleEscape(scanner: TextScanner): string {
  const letter = scanner.current;
  const character = ESCAPES.get(letter);
  if (character === undefined) throw scanner.misplaced('in string escape code');
  scanner.take(letter);
  return character;
}

function readUnicodeEscape(scanner: TextScanner): string {
  const hex = scanner.takeRun(HEX_DIGITS);
  if (hex.length < 4) throw scanner.misplaced('in \\u hexadecimal character escape');
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function readNumber(scanner: TextScanner): bigint | number {
  let literal = scanner.take('-') ? '-' : '';
  literal += scanner.take('0') ? '0' : digits(scanner, 'in numeric literal');
  let isInteger = true;
  if (scanner.take('.')) {
    isInteger = false;
    literal += `.${digits(scanner, 'after decimal point in numeric literal')}`;
  }
  if (scanner.take('e') || scanner.take('E')) {
    isInteger = false;
    const sign = scanner.take('-') ? '-' : '';
    if (!sign) scanner.take('+');
    literal += `e${sign}${digits(scanner, 'in exponent of numeric literal')}`;
  }
  return isInteger && literal.length <= MAX_INTEGER_LENGTH ? BigInt(literal) : finite(scanner, literal);
}

function digits(scanner: TextScanner, context: string): string {
  const run = scanner.takeRun(DIGITS);
  if (run === '') throw scanner.misplaced(context);
  return run;
}

function finite(scanner: TextScanner, literal: string): number {
  const value = Number(literal);
  if (!Number.isFinite(value)) {
    scanner.outOfRange ??= new GoJsonError(`json: cannot unmarshal number ${literal} into Go value of type float64`);
  }
  return value;
}

function readLiteral<Value>(scanner: TextScanner, word: string, value: Value): Value {
  for (const letter of word) {
    if (!scanner.take(letter)) throw scanner.misplaced(`in literal ${word} (expecting '${letter}')`);
  }
  return value;
}
